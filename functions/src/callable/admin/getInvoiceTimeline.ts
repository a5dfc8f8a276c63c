import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { getInvoiceTimeline } from '../../usecases/admin/getInvoiceTimeline';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleGetInvoiceTimeline(request: CallableRequest): ReturnType<typeof getInvoiceTimeline> {
  return answerCall('getInvoiceTimeline', request, schema, getInvoiceTimeline);
}

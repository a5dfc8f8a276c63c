import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { cancelInvoice } from '../usecases/cancelInvoice';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleCancelInvoice(request: CallableRequest): ReturnType<typeof cancelInvoice> {
  return answerCall('cancelInvoice', request, schema, cancelInvoice);
}

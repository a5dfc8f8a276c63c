import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { sendInvoice } from '../usecases/sendInvoice';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleSendInvoice(request: CallableRequest): ReturnType<typeof sendInvoice> {
  return answerCall('sendInvoice', request, schema, sendInvoice);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { sendCollectionsSms } from '../usecases/messages/sendCollectionsSms';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';
import { requestIdInput } from './requestIdInput';

const schema = z.strictObject({
  invoiceId: documentIdInput,
  /** Made by the web client for each message that somebody asks for, so that a repeated request sends none twice. */
  requestId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be 1 to 100 letters, digits, - or _')
    .pipe(requestIdInput),
});

export function handleSendCollectionsSms(request: CallableRequest): ReturnType<typeof sendCollectionsSms> {
  return answerCall('sendCollectionsSms', request, schema, sendCollectionsSms);
}

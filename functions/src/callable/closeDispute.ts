import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { closeDispute } from '../usecases/disputes';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleCloseDispute(request: CallableRequest): ReturnType<typeof closeDispute> {
  return answerCall('closeDispute', request, schema, closeDispute);
}

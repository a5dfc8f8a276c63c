import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { createCheckoutSession } from '../usecases/createCheckoutSession';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleCreateCheckoutSession(
  request: CallableRequest,
): ReturnType<typeof createCheckoutSession> {
  return answerCall('createCheckoutSession', request, schema, createCheckoutSession);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { createPortalSession } from '../usecases/billing/createPortalSession';
import { answerCall } from './answerCall';

/** A call without anything to say sends null. */
const schema = z.strictObject({}).nullish();

export function handleCreatePortalSession(request: CallableRequest): ReturnType<typeof createPortalSession> {
  return answerCall('createPortalSession', request, schema, createPortalSession);
}

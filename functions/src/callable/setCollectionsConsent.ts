import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { setCollectionsConsent } from '../usecases/setCollectionsConsent';
import { answerCall } from './answerCall';
import { requestIdInput } from './requestIdInput';

const schema = z.strictObject({
  wordingVersion: z.string().max(100),
  collectionsEnabled: z.boolean(),
  sms: z.boolean(),
  email: z.boolean(),
  marketing: z.boolean().optional(),
  requestId: requestIdInput.optional(),
});

export function handleSetCollectionsConsent(
  request: CallableRequest,
): ReturnType<typeof setCollectionsConsent> {
  return answerCall('setCollectionsConsent', request, schema, setCollectionsConsent);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { createStripeOnboardingLink } from '../usecases/connect/createStripeOnboardingLink';
import { answerCall } from './answerCall';

const schema = z.strictObject({}).nullish();

export function handleCreateStripeOnboardingLink(
  request: CallableRequest,
): ReturnType<typeof createStripeOnboardingLink> {
  return answerCall('createStripeOnboardingLink', request, schema, createStripeOnboardingLink);
}

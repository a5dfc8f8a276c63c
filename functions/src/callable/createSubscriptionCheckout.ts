import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { paidPlanNames, planIntervals } from '../domain/gate/plans';
import { createSubscriptionCheckout } from '../usecases/billing/createSubscriptionCheckout';
import { answerCall } from './answerCall';

const schema = z.strictObject({
  plan: z.enum(paidPlanNames),
  interval: z.enum(planIntervals).default('month'),
});

export function handleCreateSubscriptionCheckout(
  request: CallableRequest,
): ReturnType<typeof createSubscriptionCheckout> {
  return answerCall('createSubscriptionCheckout', request, schema, createSubscriptionCheckout);
}

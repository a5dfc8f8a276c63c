import { z } from 'zod';
import { callbackPlanFields } from '../../callbackPlan';

/** What becomes of accepted mails, and which events tell of it. */
export const carrierPlan = z.strictObject({
  ...callbackPlanFields,
  outcome: z
    .enum(['delivered', 'bounce', 'blocked', 'dropped', 'deferred', 'spamreport'])
    .default('delivered'),
  /** Events of one mail that go into one request. */
  batch: z.number().int().min(1).max(1000).default(1),
});

export type CarrierPlan = z.infer<typeof carrierPlan>;

/** Until a test asks for more, nothing is told. */
export const QUIET_CARRIER: CarrierPlan = carrierPlan.parse({ callbacks: 'manual' });

import { z } from 'zod';
import { callbackPlanFields } from '../../callbackPlan';

/** What becomes of accepted messages, and which callbacks tell of it. */
export const carrierPlan = z.strictObject({
  ...callbackPlanFields,
  outcome: z.enum(['delivered', 'undelivered', 'failed']).default('delivered'),
  /** Of an undelivered or failed message; 30003 and 30008 without it. */
  errorCode: z.number().int().min(10_000).max(99_999).optional(),
});

export type CarrierPlan = z.infer<typeof carrierPlan>;

/** Until a test asks for more, messages stay queued. */
export const QUIET_CARRIER: CarrierPlan = carrierPlan.parse({ callbacks: 'manual' });

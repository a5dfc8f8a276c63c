import { z } from 'zod';

/** What is read of a charge, whoever made it. */
export const chargeFields = z.looseObject({
  id: z.string(),
  amount: z.number().int(),
  amount_refunded: z.number().int().default(0),
  currency: z.string(),
  payment_intent: z.string().nullish(),
});

/** What is read of a refund. */
export const refundFields = z.looseObject({
  id: z.string(),
  amount: z.number().int(),
  charge: z.string().nullish(),
  payment_intent: z.string().nullish(),
  status: z.string().nullish(),
});

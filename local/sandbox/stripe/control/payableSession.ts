import { z } from 'zod';

/** What is read of a session that is to be paid, whoever made it. */
export const payableSession = z.looseObject({
  id: z.string(),
  amount_total: z.number().int(),
  currency: z.string(),
  customer_email: z.string().nullish(),
  payment_intent: z.string().nullish(),
  payment_status: z.string(),
  status: z.string(),
  payment_method_types: z.array(z.string()).default(['card']),
});

export type PayableSession = z.infer<typeof payableSession>;

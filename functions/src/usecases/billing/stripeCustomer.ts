import * as z from 'zod';

/** `stripe_customers/{cus_…}`: whose customer it is, and how often his subscriptions were looked at. */
export const stripeCustomerSchema = z.object({
  uid: z.string(),
  /** Raised by every look that is written: a look that began before another one was written is refused. */
  syncSeq: z.int().default(0),
  deletedAt: z.date().nullish(),
});

export type StripeCustomer = z.infer<typeof stripeCustomerSchema>;

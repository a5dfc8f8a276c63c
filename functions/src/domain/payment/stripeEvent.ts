import * as z from 'zod';

/**
 * The envelope of a Stripe event. Unknown fields and newer API versions pass: only what is used is looked at.
 * https://docs.stripe.com/api/events/object
 */
export const stripeEventSchema = z.object({
  id: z.string(),
  type: z.string().min(1).max(200),
  api_version: z.string().nullish(),
  /** The connected account; absent for the platform's own. */
  account: z.string().nullish(),
  livemode: z.boolean(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

export type StripeEvent = z.infer<typeof stripeEventSchema>;

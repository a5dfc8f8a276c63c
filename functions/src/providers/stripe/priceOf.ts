import * as z from 'zod';
import { type StripeClient } from './createStripeClient';

const priceSchema = z.object({
  active: z.boolean(),
  currency: z.string(),
  unit_amount: z.number().nullable(),
  recurring: z.object({ interval: z.string(), interval_count: z.number() }).nullable(),
});

/** What Stripe charges under a price. */
export type StripePrice = z.infer<typeof priceSchema>;

/** A price of our own account; null when there is none of that id. @throws whatever else the client throws */
export async function priceOf(stripe: StripeClient, id: string): Promise<StripePrice | null> {
  try {
    return priceSchema.parse(await stripe.prices.retrieve(id));
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (status === 404) return null;
    throw error;
  }
}

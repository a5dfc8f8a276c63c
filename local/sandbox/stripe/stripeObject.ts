import { z } from 'zod';

/** Any object of Stripe's, as JSON. */
export interface StripeObject {
  id: string;
  object: string;
  [field: string]: unknown;
}

export const stripeObjectSchema = z.looseObject({ id: z.string().min(1), object: z.string().min(1) });

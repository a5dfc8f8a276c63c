import { z } from 'zod';
import { type StripeObject } from '../stripeObject';

const fields = z.looseObject({
  parent: z
    .looseObject({ subscription_details: z.looseObject({ subscription: z.string().nullish() }).nullish() })
    .nullish(),
  subscription: z.string().nullish(),
});

/** The subscription that an invoice is for; versions before 2025 name it at the top. */
export function subscriptionOfInvoice(invoice: StripeObject): string | null {
  const { data } = fields.safeParse(invoice);
  return data?.parent?.subscription_details?.subscription ?? data?.subscription ?? null;
}

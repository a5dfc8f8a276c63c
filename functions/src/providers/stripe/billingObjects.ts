import * as z from 'zod';
import { idSchema, metadataSchema, stripeIdSchema } from './stripeObjects';

const instantSchema = z.number().transform((seconds) => new Date(seconds * 1000));

/** https://docs.stripe.com/api/subscriptions/object; since 2025 each item has a period of its own. */
export const subscriptionSchema = z.object({
  id: stripeIdSchema,
  status: z.string(),
  customer: idSchema,
  created: instantSchema,
  cancel_at_period_end: z.boolean().nullish(),
  items: z.object({
    data: z.array(
      z.object({ price: z.object({ id: z.string() }), current_period_end: instantSchema.nullish() }),
    ),
  }),
});

/** A subscription's event, of which only whose it is counts: the rest is asked. */
export const subscriptionEventSchema = z.object({ id: stripeIdSchema, customer: idSchema });

/** https://docs.stripe.com/api/invoices/object; versions before 2025 name the subscription at the top. */
export const subscriptionInvoiceSchema = z.object({
  customer: idSchema.nullish(),
  subscription: idSchema.nullish(),
  parent: z
    .object({ subscription_details: z.object({ subscription: idSchema.nullish() }).nullish() })
    .nullish(),
});

/** An invoice as the question for unpaid ones sees it. */
export const unpaidInvoiceSchema = z.object({
  status: z.string().nullish(),
  status_transitions: z.object({ finalized_at: instantSchema.nullish() }).nullish(),
});

export const deletedCustomerSchema = z.object({ id: stripeIdSchema, deleted: z.boolean().default(false) });

export const subscriptionSessionSchema = z.object({
  id: stripeIdSchema,
  mode: z.string().nullish(),
  status: z.string().nullish(),
  url: z.string().nullish(),
  customer: idSchema.nullish(),
  metadata: metadataSchema,
});

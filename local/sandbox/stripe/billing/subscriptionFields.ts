import { z } from 'zod';

/** What is read of a subscription, whoever made it. Instants in seconds. */
export const subscriptionFields = z.looseObject({
  id: z.string(),
  customer: z.string(),
  status: z.string(),
  latest_invoice: z.string().nullish(),
  items: z.looseObject({
    data: z
      .array(
        z.looseObject({
          id: z.string(),
          price: z.looseObject({ id: z.string() }),
          current_period_start: z.number(),
          current_period_end: z.number(),
        }),
      )
      .min(1),
  }),
});

/** What is read of a subscription's invoice. */
export const invoiceFields = z.looseObject({
  id: z.string(),
  status: z.string(),
  amount_due: z.number(),
  attempt_count: z.number(),
  status_transitions: z.looseObject({ finalized_at: z.number().nullish() }),
});

import { z } from 'zod';
import { type StripeContext } from '../stripeContext';
import { StripeApiError } from '../stripeApiError';
import { type StripeObject } from '../stripeObject';

/** What is read of a price, whoever made it. */
const priceFields = z.looseObject({
  id: z.string(),
  currency: z.string(),
  /** Minor units. */
  unit_amount: z.number().int().nullable(),
  recurring: z.looseObject({ interval: z.enum(['day', 'week', 'month', 'year']) }).nullish(),
});

export interface RecurringPrice {
  readonly object: StripeObject;
  readonly id: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly interval: 'day' | 'week' | 'month' | 'year';
}

/** @throws StripeApiError 400 when there is no such price, or it is for a single payment */
export function recurringPrice({ store }: StripeContext, id: string, param: string): RecurringPrice {
  const object = store.get(id, null);
  if (object?.object !== 'price') {
    throw new StripeApiError(400, { code: 'resource_missing', message: `No such price: '${id}'`, param });
  }
  const { currency, unit_amount: amount, recurring } = priceFields.parse(object);
  if (recurring == null) {
    const message =
      'You specified `subscription` mode but passed only one-time prices. Use at least one recurring price.';
    throw new StripeApiError(400, { message, param });
  }
  return { object, id, currency, amount: amount ?? 0, interval: recurring.interval };
}

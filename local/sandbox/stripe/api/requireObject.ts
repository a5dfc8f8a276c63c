import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';

/**
 * The object of that kind, if this account may see it.
 * @param param the parameter that named it, for the error
 * @throws StripeApiError 404 resource_missing.
 */
export function requireObject(
  context: StripeContext,
  account: Owner,
  kind: string,
  id: string,
  param = kind === 'payment_intent' ? 'intent' : 'id',
): StripeObject {
  const object = context.store.get(id, account);
  if (object?.object !== kind) {
    const message = `No such ${kind}: '${id}'`;
    throw new StripeApiError(404, { code: 'resource_missing', message, param });
  }
  return object;
}

import { seconds } from '../seconds';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { requireObject } from './requireObject';

/**
 * DELETE /v1/subscriptions/{id}: it ends at once.
 * @throws StripeApiError 404 resource_missing, also for one that was cancelled before.
 */
export function cancelSubscription(context: StripeContext, account: Owner, id: string): StripeObject {
  const subscription = requireObject(context, account, 'subscription', id);
  if (subscription['status'] === 'canceled') {
    throw new StripeApiError(404, {
      code: 'resource_missing',
      message: `No such subscription: '${id}'`,
      param: 'id',
    });
  }
  const now = seconds(context.now());
  return context.store.update(id, { status: 'canceled', canceled_at: now, ended_at: now });
}

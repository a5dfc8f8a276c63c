import { isOpen } from '../../domain/billing/subscription';
import { type User } from '../../store/userSchema';
import { type Deps } from '../deps';

/**
 * Ends every subscription of a freelancer that is not over, by Stripe's word and not by ours alone. Repeated, it finds
 * nothing to do. A page on which he could subscribe lives for a day at Stripe, and he got his last one three days ago.
 *
 * @throws TransientFailure when Stripe can not be asked
 */
export async function endSubscriptions(
  { stripe }: Pick<Deps, 'stripe'>,
  {
    stripeCustomerId: customerId,
    stripeSubscriptionId,
  }: Pick<User, 'stripeCustomerId' | 'stripeSubscriptionId'>,
): Promise<void> {
  const ids = new Set(stripeSubscriptionId == null ? [] : [stripeSubscriptionId]);
  if (customerId != null) {
    for (const subscription of await stripe.subscriptionsOf(customerId))
      if (isOpen(subscription)) ids.add(subscription.id);
  }
  for (const id of ids) await stripe.cancelSubscription(id);
}

import { type BillingFact } from '../../domain/billing/billingFact';
import { type StripeEvent } from '../../domain/payment/stripeEvent';
import { type ClaimResult, processOnce } from '../../store/claim';
import { type Deps } from '../deps';
import { releaseCustomer } from './releaseCustomer';
import { syncSubscription } from './syncSubscription';

/**
 * Applies an event about a freelancer's subscription exactly once. It says only whom to look at: what he has is asked
 * of Stripe.
 *
 * @returns null when it is about a deleted customer who was none of ours: nothing was written
 * @throws RecoupError; nothing was written then either
 */
export async function applyBillingEvent(
  deps: Deps,
  attemptId: string,
  event: StripeEvent,
  { customerId, customerDeleted }: BillingFact,
): Promise<ClaimResult | null> {
  const identity = { source: 'stripe' as const, eventId: event.id, eventType: event.type };
  return processOnce(deps, identity, attemptId, async (unit) => {
    const outcome = customerDeleted
      ? await releaseCustomer(deps, unit, customerId)
      : await syncSubscription(deps, unit, customerId);
    return outcome === null
      ? null
      : { outcome, metadata: { apiVersion: event.api_version ?? null, customerId } };
  });
}

import { refundFields } from './chargeFields';
import { type StripeObject } from './stripeObject';
import { type StripeStore } from './stripeStore';

/** The known refunds (or disputes, by their kind) of a charge, by the charge or by its Payment Intent, newest first. */
export function refundsOf(store: StripeStore, charge: StripeObject, kind = 'refund'): StripeObject[] {
  const paymentIntent = charge['payment_intent'] ?? undefined;
  return store.list(kind).filter((candidate) => {
    if (candidate['charge'] === charge.id) return true;
    return paymentIntent !== undefined && candidate['payment_intent'] === paymentIntent;
  });
}

/** Minor units given back by refunds that neither failed nor were cancelled. */
export function sumOfRefunds(refunds: StripeObject[]): number {
  return refunds
    .map((refund) => refundFields.parse(refund))
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((sum, { amount }) => sum + amount, 0);
}

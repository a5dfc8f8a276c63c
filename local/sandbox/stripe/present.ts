import { z } from 'zod';
import { chargeFields } from './chargeFields';
import { refundsOf, sumOfRefunds } from './refundsOf';
import { type StripeObject } from './stripeObject';
import { type StripeStore } from './stripeStore';

const sessionFields = z.looseObject({ status: z.string().nullish(), expires_at: z.number().nullish() });

/**
 * An object as it stands now: a Checkout Session expires by time alone, a charge follows its refunds and
 * disputes. A charge none of whose refunds is known keeps its own values.
 */
export function present(store: StripeStore, object: StripeObject, now: Date): StripeObject {
  if (object.object === 'checkout.session') return presentSession(store, object, now);
  if (object.object === 'charge') return presentCharge(store, object);
  return object;
}

function presentSession(store: StripeStore, session: StripeObject, now: Date): StripeObject {
  const { status, expires_at } = sessionFields.parse(session);
  if (status !== 'open' || typeof expires_at !== 'number' || expires_at * 1000 > now.getTime())
    return session;
  return store.update(session.id, { status: 'expired', url: null });
}

function presentCharge(store: StripeStore, charge: StripeObject): StripeObject {
  const disputed = charge['disputed'] === true || refundsOf(store, charge, 'dispute').length > 0;
  const refunds = refundsOf(store, charge);
  if (refunds.length === 0) return { ...charge, disputed };
  const amountRefunded = sumOfRefunds(refunds);
  const { amount } = chargeFields.parse(charge);
  return { ...charge, disputed, amount_refunded: amountRefunded, refunded: amountRefunded >= amount };
}

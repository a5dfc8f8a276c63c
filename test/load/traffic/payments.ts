import { type Firestore } from 'firebase-admin/firestore';
import { inFlight } from '../../support/inFlight';
import { differences, manyPayments } from '../../support/manyPayments';
import { signatureOf } from '../../support/webhookHarness';
import { type LoadRequest } from '../fire';
import { type Traffic } from './traffic';

/** One delivery in twenty is of an event that was delivered before. */
const REPEATED = 20;

/**
 * Payments that Stripe tells us of, 5 % of the deliveries twice.
 *
 * @param people whose one invoice each is paid in parts, one after the other
 */
export async function payments(db: Firestore, count: number, people: number): Promise<Traffic> {
  const repeats = Math.floor(count / REPEATED);
  const expected = await manyPayments(db, count - repeats, 1, people);
  const bodies = [...expected.deliveries];
  // A repeat comes after its first, some of them at once and some much later.
  for (let n = 0; n < repeats; n += 1) {
    const place = (n + 1) * (REPEATED - 1) + n;
    bodies.splice(place, 0, bodies[place - 1 - (n % 10)] ?? '');
  }
  return {
    name: 'payments, 5 % twice',
    target: 'stripeWebhook',
    isWebhook: true,
    requests: await inFlight(bodies, 50, (body) => Promise.resolve(stripeRequest(body))),
    faults: () => differences(db, expected),
  };
}

/** A signed delivery of Stripe's. */
export function stripeRequest(body: string): LoadRequest {
  return {
    path: '/api/webhook/stripe',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signatureOf(body) },
    body,
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { moneyOf, transactionOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { charge, event, newId } from '../../support/stripeEvents';
import { newDispute, newPayment, newRefund, says, type StripeEvent } from '../../support/stripePayment';
import { putPayment } from '../../support/sandboxStripe';
import { openFailures, statusOf, takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

const HANDLED = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'account.updated',
  'invoice.paid',
  'invoice.payment_succeeded',
  'invoice.payment_failed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.deleted',
];

/** Objects of no use under any type, some of which claim to be ours. */
const USELESS: readonly Record<string, unknown>[] = [
  {},
  { id: null, metadata: null },
  { id: 'x', metadata: { kind: 'invoice' } },
  { id: '__proto__', metadata: { kind: 'invoice' }, payment_status: 'paid', payment_intent: '__proto__' },
  { id: '..', payment_intent: '../users/x', charge: '..', amount_refunded: 1, status: 'lost', amount: 1 },
  { id: '__x__', payment_intent: '__x__', amount_refunded: 1, status: 'won', amount: 1, currency: 'gbp' },
  { id: 'dp_1', payment_intent: 'pi_none', status: 'constructor', amount: -1, amount_refunded: 1.5 },
  { id: 'pi_1', amount: '10', currency: 'POUNDS', status: 'succeeded', metadata: { kind: 'invoice' } },
  { id: 'pi_2', object: 'payment_intent', metadata: { kind: 'invoice' }, payment_intent: { id: 7 } },
];

/** Stripe's own sample objects lie beside a developer's checkout, not in it. */
const samplesFile = join(repositoryRoot, '../shared/samples/stripe/objects.json');
const OWN_SAMPLE = { 'charge of our own': charge({ paymentIntent: newId('pi'), amount: 500, refunded: 0 }) };
const samples = existsSync(samplesFile)
  ? z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .parse(JSON.parse(readFileSync(samplesFile, 'utf8')))
  : OWN_SAMPLE;

/** The same with unknown fields beside every known one, at every level. */
function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, extended(inner)] as const);
  return { ...Object.fromEntries(fields), of_the_future: { nested: [1, null, { deeper: true }] } };
}

function ofTheFuture(told: StripeEvent): StripeEvent {
  const { object } = z.object({ object: z.unknown() }).parse(told['data']);
  const fields = { ...told, api_version: '2031-01-01.zinnia', data: { object: extended(object) } };
  return { ...fields, context: 'acct_x', reason: { type: 'request' }, of_the_future: [{}] };
}

describe('an event in a form that we do not know', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it('of a newer API version, with new fields at every level, is taken in as ever', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    const made = newRefund(2_000);
    const dispute = newDispute(8_000);
    await putPayment(harness.sandbox, payment, [made]);
    const told = [
      says.declined(payment),
      says.sessionPaid(payment),
      says.intentPaid(payment),
      says.refund(payment, 'created', made),
      says.chargeRefunded(payment, 2_000),
      says.dispute(payment, 'created', dispute, 'needs_response'),
      says.dispute(payment, 'closed', dispute, 'lost'),
    ].map(ofTheFuture);
    await takeIn(harness, ...told);
    expect(await openFailures(harness)).toEqual([]);
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'refunded',
      amountPaid: 10_000,
      amountRefunded: 2_000,
    });
    const claim = await harness.db.doc(`processed_events/stripe_${told[1]?.id ?? ''}`).get();
    expect(claim.data()).toMatchObject({
      outcome: 'applied',
      metadata: { apiVersion: '2031-01-01.zinnia', invoiceId: seeded.invoiceId },
    });
  });

  it('with references that are expanded to objects is taken in as ever', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    const expanded = { payment_intent: { id: payment.paymentIntent, object: 'payment_intent' } };
    await takeIn(harness, says.session(payment, 'completed', expanded));
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ applied: true });
  });

  it.each(HANDLED)('as %s around an object of no use is never refused', async (type) => {
    const told = USELESS.map((object) => event(type, object));
    const answers = await Promise.all(told.map((one) => statusOf(harness, one)));
    const refused = USELESS.filter((_, n) => answers[n] !== 200).map((object) => JSON.stringify(object));
    expect(refused).toEqual([]);
  });

  // Without the samples there is one case less, but not one that looks as if it had passed.
  it.each(Object.entries(samples))(
    'around Stripe’s own sample of a %s is never refused',
    async (_, sample) => {
      const ours = {
        ...sample,
        metadata: { kind: 'invoice', invoiceId: newId('inv'), freelancerId: 'user_x' },
      };
      const told = HANDLED.flatMap((type) => [event(type, sample), event(type, ours)]);
      const answers = await Promise.all(told.map((one) => statusOf(harness, one)));
      const refused = told.filter((_told, n) => answers[n] !== 200).map((one) => one['type']);
      expect(refused).toEqual([]);
    },
  );
});

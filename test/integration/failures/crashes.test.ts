import { rowOf, rowRef } from '../../support/failedRows';
import { changedBetween, everyDocument, moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { type SeededInvoice, seedInvoice } from '../../support/seed';
import {
  newPayment,
  newRefund,
  says,
  type StripeEvent,
  type StripePayment,
} from '../../support/stripePayment';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('a webhook whose process dies half-way', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  /** Delivers to a process that ends at the crash point. @returns the paths that were written before it died */
  async function deliverToDeath(crashPoint: string, event: StripeEvent): Promise<string[]> {
    const doomed = await harness.serve('stripeWebhook', { RECOUP_CRASH_AT: crashPoint });
    const before = await everyDocument(harness.db);
    const outcome = await deliver(doomed.origin, event).then(
      ([answer]) => `answered ${String(answer?.status)}`,
      () => 'no answer',
    );
    expect([outcome, (await doomed.exited).signal]).toEqual(['no answer', 'SIGKILL']);
    return changedBetween(before, await everyDocument(harness.db));
  }

  /** All that one payment in full leaves behind. */
  async function stateOf(invoice: SeededInvoice, payment: StripePayment, event: StripeEvent) {
    const { db } = harness;
    const claims = await db.collection('processed_events').where('eventId', '==', event.id).get();
    const transactions = await db
      .collection('transactions')
      .where('invoiceId', '==', invoice.invoiceId)
      .get();
    const { applied, amount, status } = await transactionOf(db, payment.paymentIntent);
    return {
      money: await moneyOf(db, invoice.invoiceId),
      transaction: { applied: applied as boolean, amount: amount as number, status: status as string },
      transactions: transactions.size,
      claims: claims.docs.map((claim) => claim.get('outcome') as string),
      told: await toldOf(db, invoice.freelancerId),
      failure: (await rowRef(db, event).get()).get('status') as string | undefined,
    };
  }

  it.each([
    ['stripe.before-commit', false],
    ['stripe.after-commit', true],
  ])('at %s: a redelivery ends as if it had not died', async (crashPoint, committed) => {
    const undisturbed = await seedInvoice(harness.db);
    const whole = newPayment(undisturbed);
    const once = says.sessionPaid(whole);
    await deliver(harness.webhook.origin, once);

    const invoice = await seedInvoice(harness.db);
    const payment = newPayment(invoice);
    const event = says.sessionPaid(payment);
    const written = await deliverToDeath(crashPoint, event);
    expect(written.includes(`processed_events/stripe_${event.id}`)).toBe(committed);
    if (!committed) expect(written).toEqual([]);

    const [again] = await deliver(harness.webhook.origin, event);
    expect([again?.status, again?.body]).toEqual([200, { received: true, duplicate: committed }]);
    const state = await stateOf(invoice, payment, event);
    expect(state).toEqual(await stateOf(undisturbed, whole, once));
    expect(state).toMatchObject({ transactions: 1, claims: ['applied'], told: { outbox: ['receipt'] } });
  });

  it.each([
    ['failure.before-commit', false],
    ['failure.after-commit', true],
  ])(
    'at %s: a redelivery that fails is recorded once, and one that succeeds ends it',
    async (crashPoint, recorded) => {
      const invoice = await seedInvoice(harness.db);
      const payment = newPayment(invoice);
      const refund = newRefund(3_000);
      const event = says.refund(payment, 'created', refund);
      await putPayment(harness.sandbox, payment, [refund]);
      await failStripe(harness.sandbox, { mode: 'unavailable' });
      const written = await deliverToDeath(crashPoint, event);
      const { path } = rowRef(harness.db, event);
      expect(written).toEqual(recorded ? [path, `${path}/private/payload`] : []);

      const [again] = await deliver(harness.webhook.origin, event);
      expect(again?.status).toBe(500);
      expect(await rowOf(harness.db, event)).toMatchObject({ status: 'pending_retry', attempts: 1 });

      await mendStripe(harness.sandbox);
      const [last] = await deliver(harness.webhook.origin, event);
      expect([last?.status, last?.body]).toEqual([200, { received: true, duplicate: false }]);
      const state = await stateOf(invoice, payment, event);
      expect(state).toMatchObject({ transactions: 1, claims: ['applied'], failure: 'resolved' });
      expect(state.money).toMatchObject({ amountPaid: 10_000, amountRefunded: 3_000 });
    },
  );
});

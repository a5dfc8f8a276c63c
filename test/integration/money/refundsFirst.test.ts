import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { failStripe, type Fault, mendStripe, putObject, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { charge, event, refund } from '../../support/stripeEvents';
import { newDispute, newPayment, newRefund, says } from '../../support/stripePayment';
import { openFailures, outcomesOf, statusOf, takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a refund or dispute that is heard of before its payment', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  it('is recorded in one commit with the payment, whose own events then say nothing new', async () => {
    const { db, sandbox } = harness;
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded);
    const made = newRefund(10_000);
    await putPayment(sandbox, payment, [made]);
    const created = says.refund(payment, 'created', made);
    await takeIn(harness, created);

    const refs = [
      `transactions/${payment.paymentIntent}`,
      `invoices/${seeded.invoiceId}`,
      `processed_events/stripe_${created.id}`,
      `outbox/receipt_${payment.paymentIntent}`,
    ].map((path) => db.doc(path));
    const times = (await db.getAll(...refs)).map((row) => row.updateTime?.valueOf() ?? `no ${row.ref.path}`);
    expect(new Set(times).size).toBe(1);

    const late = [says.sessionPaid(payment), says.intentPaid(payment), says.chargeRefunded(payment, 10_000)];
    await takeIn(harness, ...late);
    expect(await outcomesOf(harness, created, ...late)).toEqual([
      'applied',
      'already_recorded',
      'already_recorded',
      'unchanged',
    ]);
    expect(await moneyOf(db, seeded.invoiceId)).toEqual({
      status: 'refunded',
      amountPaid: 10_000,
      amountRefunded: 10_000,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await toldOf(db, seeded.freelancerId)).toEqual({
      notifications: ['payment_received', 'payment_refunded'],
      outbox: ['payment_refunded', 'receipt'],
      timeline: ['payment_received'],
    });
  });

  it('that names only the charge is found by it', async () => {
    const payment = newPayment(await seedInvoice(harness.db));
    const made = newRefund(1_500);
    await putPayment(harness.sandbox, payment, [made]);
    await takeIn(harness, event('refund.created', refund({ ...payment, ...made }, { payment_intent: null })));
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ refunded: 1_500 });
  });

  it('is asked for on the connected account that it comes from', async () => {
    const { db, sandbox } = harness;
    const seeded = await seedInvoice(db, {}, { stripeAccountId: 'acct_owner' });
    const payment = newPayment(seeded);
    // Only that account sees it.
    await putPayment(sandbox, payment, [newRefund(500)], 'acct_owner');
    await takeIn(harness, says.chargeRefunded(payment, 500, { account: 'acct_owner' }));
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({ amountPaid: 10_000, amountRefunded: 500 });
  });

  it('holds the refunds and the dispute together', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    await putPayment(harness.sandbox, payment, [newRefund(3_000)]);
    const dispute = newDispute(7_000);
    await takeIn(harness, says.dispute(payment, 'created', dispute, 'needs_response'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'disputed',
      amountPaid: 10_000,
      amountRefunded: 3_000,
      chase: 'off',
      closed: 'paid',
      paused: 'dispute',
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      refunded: 3_000,
      disputed: 7_000,
      status: 'disputed',
      disputes: { [dispute.dispute]: { status: 'needs_response', amount: 7_000 } },
    });
    const { notifications } = await toldOf(harness.db, seeded.freelancerId);
    expect(notifications).toEqual(['payment_disputed', 'payment_received', 'payment_refunded']);
  });

  it('that has failed already leaves the payment whole', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    const made = newRefund(10_000);
    await putPayment(harness.sandbox, payment, [{ ...made, status: 'failed' }]);
    await takeIn(harness, says.refund(payment, 'failed', made), says.chargeRefunded(payment, 10_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountRefunded: 0 });
  });

  it('of a payment that can not be applied records it as such, with the refund', async () => {
    const seeded = await seedInvoice(harness.db, { status: 'cancelled' });
    const payment = newPayment(seeded);
    await putPayment(harness.sandbox, payment, [newRefund(10_000)]);
    await takeIn(harness, says.chargeRefunded(payment, 10_000));
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      applied: false,
      reason: 'invoice_cancelled',
      refunded: 10_000,
    });
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'cancelled', amountPaid: 0 });
  });

  it.each<Fault['mode']>(['unavailable', 'server_error', 'rate_limit', 'reset'])(
    'waits when Stripe answers with %s: 500, and the event is kept to be tried again',
    async (mode) => {
      const { db, sandbox } = harness;
      const seeded = await seedInvoice(db);
      const payment = newPayment(seeded);
      await putPayment(sandbox, payment, [newRefund(2_000)]);
      const refunded = says.chargeRefunded(payment, 2_000);
      await failStripe(sandbox, { mode });
      expect(await statusOf(harness, refunded)).toBe(500);
      // Stripe's own redelivery meets the same outage: one failure, not two.
      expect(await statusOf(harness, refunded)).toBe(500);

      const ref = db.doc(`failed_webhooks/stripe_${refunded.id}`);
      const [row, payload] = await db.getAll(ref, ref.collection('private').doc('payload'));
      expect(row?.data()).toMatchObject({
        source: 'stripe',
        eventId: refunded.id,
        eventType: 'charge.refunded',
        status: 'pending_retry',
        attempts: 1,
        maxAttempts: 8,
        lastError: { code: 'stripe_unavailable' },
      });
      expect(row?.get('expiresAt')).toBeUndefined();
      expect(payload?.get('chunks')).toBe(1);
      expect(await outcomesOf(harness, refunded)).toEqual([null]);
      expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({ status: 'sent', amountPaid: 0 });

      await mendStripe(sandbox);
      await takeIn(harness, refunded);
      expect((await ref.get()).get('status')).toBe('resolved');
      expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({
        amountPaid: 10_000,
        amountRefunded: 2_000,
      });
      expect(await openFailures(harness)).toEqual([]);
    },
  );

  it('that Stripe does not know is a dead letter, not a refusal', async () => {
    const payment = newPayment(await seedInvoice(harness.db));
    await putObject(harness.sandbox, charge({ ...payment, refunded: 500 }));
    const refunded = says.chargeRefunded(payment, 500);
    expect(await statusOf(harness, refunded)).toBe(200);
    const row = await harness.db.doc(`failed_webhooks/stripe_${refunded.id}`).get();
    expect(row.data()).toMatchObject({ status: 'dead_letter', lastError: { code: 'stripe_not_found' } });
  });
});

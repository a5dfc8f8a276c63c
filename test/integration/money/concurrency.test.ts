import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { putPayment } from '../../support/sandboxStripe';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import {
  newDispute,
  newPayment,
  newRefund,
  says,
  type StripeEvent,
  type StripePayment,
} from '../../support/stripePayment';
import { openFailures, takeIn } from '../../support/takeIn';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

describe('two processes at once', () => {
  let harness: Harness;
  let processes: readonly ServedFunction[];
  beforeAll(async () => {
    harness = await startHarness();
    processes = [harness.webhook, await harness.serve('stripeWebhook')];
  });
  afterAll(() => harness.stop());

  /** Delivers an event `times` at once to each process; fails unless exactly one delivery did the work. */
  async function expectOneTakesIt(event: StripeEvent, times: number): Promise<void> {
    const answers = await Promise.all(processes.map(({ origin }) => deliver(origin, event, times)));
    const outcomes = answers.flat().map(({ status, body }) => `${status} ${JSON.stringify(body)}`);
    expect({ type: event['type'], outcomes: outcomes.sort() }).toEqual({
      type: event['type'],
      outcomes: [
        '200 {"received":true,"duplicate":false}',
        ...Array.from({ length: times * 2 - 1 }, () => '200 {"received":true,"duplicate":true}'),
      ],
    });
  }

  /** Every event of a payment's life, in order. */
  function life(payment: StripePayment): StripeEvent[] {
    const made = newRefund(2_000);
    const dispute = newDispute(8_000);
    return [
      says.declined(payment),
      says.sessionPaid(payment),
      says.intentPaid(payment),
      says.refund(payment, 'created', made),
      says.chargeRefunded(payment, 2_000),
      says.refund(payment, 'updated', made),
      says.dispute(payment, 'created', dispute, 'needs_response'),
      says.dispute(payment, 'updated', dispute, 'under_review'),
      says.dispute(payment, 'closed', dispute, 'won'),
      says.session(payment, 'expired', { payment_status: 'unpaid' }),
    ];
  }

  async function expectLived(seeded: SeededInvoice, payment: StripePayment): Promise<void> {
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      amount: 10_000,
      refunded: 2_000,
      disputed: 0,
      status: 'completed',
    });
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'sent',
      amountPaid: 10_000,
      amountRefunded: 2_000,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await toldOf(harness.db, seeded.freelancerId)).toEqual({
      notifications: ['payment_disputed', 'payment_failed', 'payment_received', 'payment_refunded'],
      outbox: ['payment_disputed', 'payment_refunded', 'receipt'],
      timeline: ['paused', 'payment_received', 'resumed'],
    });
    expect(await openFailures(harness)).toEqual([]);
  }

  it('take each event once, however often it is delivered at once', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    await putPayment(harness.sandbox, payment, [newRefund(2_000)]);
    for (const event of life(payment)) await expectOneTakesIt(event, 5);
    await expectLived(seeded, payment);
  });

  it('take each event once when it is delivered three times, one after the other', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    await putPayment(harness.sandbox, payment, [newRefund(2_000)]);
    for (const event of life(payment)) {
      const answers: unknown[] = [];
      for (const n of [0, 1, 0]) {
        const [answer] = await deliver(processes[n]?.origin ?? '', event);
        answers.push(answer?.body);
      }
      expect({ type: event['type'], answers }).toEqual({
        type: event['type'],
        answers: [false, true, true].map((duplicate) => ({ received: true, duplicate })),
      });
    }
    await expectLived(seeded, payment);
  });

  it('take 20 payments of one invoice, each event told three times: every penny is counted once', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(db, { amount: 21_000 });
    // 100, 200 … 2,000: a sum in which a lost or doubled one can be named.
    const payments = Array.from({ length: 20 }, (_, n) => newPayment(seeded, (n + 1) * 100));
    const events = payments.flatMap((payment) => [says.sessionPaid(payment), says.intentPaid(payment)]);
    const answers = await Promise.all(
      [0, 1, 2].flatMap((round) =>
        events.map((event, n) => deliver(processes[(n + round) % 2]?.origin ?? '', event)),
      ),
    );
    expect(answers.flat().filter(({ status }) => status !== 200)).toEqual([]);
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 21_000,
      closed: 'paid',
    });
    const invoice = await db.doc(`invoices/${seeded.invoiceId}`).get();
    const ledger = Object.entries(invoice.get('payments') as Record<string, { amount: number }>);
    expect(new Map(ledger.map(([id, { amount }]) => [id, amount]))).toEqual(
      new Map(payments.map(({ paymentIntent, amount }) => [paymentIntent, amount])),
    );
    const { outbox, timeline } = await toldOf(db, seeded.freelancerId);
    expect({ outbox: outbox.length, timeline: timeline.length }).toEqual({ outbox: 20, timeline: 20 });
  });

  it('take the refunds, disputes and payments of one invoice at once', async () => {
    const { db, sandbox } = harness;
    const seeded = await seedInvoice(db, { amount: 40_000 });
    const payments = Array.from({ length: 8 }, () => newPayment(seeded, 5_000));
    const told: StripeEvent[] = [];
    for (const [n, payment] of payments.entries()) {
      const made = newRefund(100 * (n + 1));
      await putPayment(sandbox, payment, [made]);
      told.push(says.sessionPaid(payment), says.intentPaid(payment));
      told.push(says.refund(payment, 'created', made), says.chargeRefunded(payment, made.amount));
      const dispute = newDispute(5_000);
      told.push(says.dispute(payment, 'created', dispute, 'needs_response'));
      told.push(says.dispute(payment, 'closed', dispute, 'won'));
    }
    const answers = await Promise.all(told.map((event, n) => deliver(processes[n % 2]?.origin ?? '', event)));
    expect(answers.flat().filter(({ status }) => status !== 200)).toEqual([]);
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({
      status: 'sent',
      amountPaid: 40_000,
      amountRefunded: 3_600,
      paused: null,
    });
    await takeIn(harness, ...told);
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({ amountPaid: 40_000, amountRefunded: 3_600 });
  });
});

import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import { newPayment, says, type StripePayment } from '../../support/stripePayment';
import { takeIn } from '../../support/takeIn';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

const ONE_PAYMENT = {
  notifications: ['payment_received'],
  outbox: ['receipt'],
  timeline: ['payment_received'],
};

describe('a Checkout Session', () => {
  let harness: Harness;
  let second: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    second = await harness.serve('stripeWebhook');
  });
  afterAll(() => harness.stop());

  /** An invoice whose open session is the one that the payment is made in. */
  async function seedOpen(): Promise<{ seeded: SeededInvoice; payment: StripePayment }> {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    await harness.db.doc(`invoices/${seeded.invoiceId}`).update({ checkout: openCheckout(payment.session) });
    return { seeded, payment };
  }

  function openCheckout(sessionId: string): Record<string, unknown> {
    const expiresAt = new Date('2099-01-01T00:00:00Z');
    return { sessionId, amount: 10_000, expiresAt, generation: 2, fee: 0, stripeAccountId: null };
  }

  async function checkoutOf({ invoiceId }: SeededInvoice): Promise<unknown> {
    return (await harness.db.doc(`invoices/${invoiceId}`).get()).get('checkout');
  }

  async function expectPaidOnce(seeded: SeededInvoice, payment: StripePayment): Promise<void> {
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ amount: 10_000 });
    expect(await toldOf(harness.db, seeded.freelancerId)).toEqual(ONE_PAYMENT);
    expect(await checkoutOf(seeded)).toMatchObject({ sessionId: null, expiresAt: null, generation: 2 });
  }

  it('and its Payment Intent are one payment, the session first', async () => {
    const { seeded, payment } = await seedOpen();
    await takeIn(harness, says.sessionPaid(payment), says.intentPaid(payment));
    await expectPaidOnce(seeded, payment);
    const order = await harness.db.doc(`checkout_expiries/${payment.session}`).get();
    expect(order.exists).toBe(false);
  });

  it('and its Payment Intent are one payment, the Payment Intent first', async () => {
    const { seeded, payment } = await seedOpen();
    await takeIn(harness, says.intentPaid(payment), says.sessionPaid(payment));
    await expectPaidOnce(seeded, payment);
  });

  it('and its Payment Intent are one payment, both at once in two processes', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, seedOpen));
    const answers = await Promise.all(
      made.flatMap(({ payment }) => [
        deliver(harness.webhook.origin, says.sessionPaid(payment)),
        deliver(second.origin, says.intentPaid(payment)),
      ]),
    );
    expect(answers.flat().map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
    for (const { seeded, payment } of made) await expectPaidOnce(seeded, payment);
  });

  it('that is complete but unpaid is no payment until the bank has paid', async () => {
    const { seeded, payment } = await seedOpen();
    await takeIn(harness, says.session(payment, 'completed', { payment_status: 'unpaid' }));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'sent', amountPaid: 0 });
    expect(await checkoutOf(seeded)).toMatchObject({ sessionId: payment.session });
    const paid = says.session(payment, 'async_payment_succeeded');
    await takeIn(harness, paid, says.intentPaid(payment), paid);
    await expectPaidOnce(seeded, payment);
  });

  it.each(['async_payment_failed', 'expired'])('that ends with %s makes room for another', async (type) => {
    const { seeded, payment } = await seedOpen();
    const other = newPayment(seeded);
    const unpaid = { payment_status: 'unpaid', payment_intent: null };
    await takeIn(harness, says.session(other, type, unpaid));
    expect(await checkoutOf(seeded)).toMatchObject({ sessionId: payment.session });
    await takeIn(harness, says.session(payment, type, unpaid));
    expect(await checkoutOf(seeded)).toEqual({
      ...openCheckout(payment.session),
      sessionId: null,
      expiresAt: null,
    });
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'sent', chase: 'on' });
  });

  it('that ends for an invoice which is not there is taken in', async () => {
    const payment = newPayment({ invoiceId: 'inv_gone', freelancerId: 'user_gone' });
    await takeIn(harness, says.session(payment, 'expired', { payment_status: 'unpaid' }));
  });

  it('that is still open when the invoice is paid another way is ordered to be closed, once', async () => {
    const { seeded, payment } = await seedOpen();
    const other = newPayment(seeded);
    await takeIn(harness, says.sessionPaid(other), says.intentPaid(other));
    const order = await harness.db.doc(`checkout_expiries/${payment.session}`).get();
    expect(order.data()).toMatchObject({ ...{ invoiceId: seeded.invoiceId }, status: 'pending' });
    expect(await checkoutOf(seeded)).toMatchObject({ sessionId: null, expiresAt: null });
    // The debtor was quicker than the order: then he has paid twice, which is recorded like any payment.
    await takeIn(harness, says.sessionPaid(payment));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ amountPaid: 20_000 });
  });

  it('in which a card is declined tells it once, and is forgotten when it is paid', async () => {
    const { seeded, payment } = await seedOpen();
    const invoice = harness.db.doc(`invoices/${seeded.invoiceId}`);
    await takeIn(harness, says.declined(payment), says.declined(payment, null));
    expect((await invoice.get()).get('lastPaymentError')).toMatchObject({ code: 'unknown' });
    const { notifications, outbox } = await toldOf(harness.db, seeded.freelancerId);
    expect({ notifications, outbox }).toEqual({ notifications: ['payment_failed'], outbox: [] });
    expect(await checkoutOf(seeded)).toMatchObject({ sessionId: payment.session });

    await takeIn(harness, says.sessionPaid(payment));
    expect((await invoice.get()).get('lastPaymentError')).toBeNull();
    expect((await toldOf(harness.db, seeded.freelancerId)).notifications).toEqual([
      'payment_failed',
      'payment_received',
    ]);
  });

  it('whose decline is told after its success changes nothing, also when a part is still owed', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded, 4_000);
    await takeIn(harness, says.sessionPaid(payment), says.declined(payment));
    expect((await toldOf(harness.db, seeded.freelancerId)).notifications).toEqual(['payment_received']);
    const invoice = await harness.db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(invoice.get('lastPaymentError')).toBeNull();
  });

  it('in which a foreign account has a card declined tells nobody', async () => {
    const { seeded, payment } = await seedOpen();
    await takeIn(harness, { ...says.declined(payment), account: 'acct_foreign' });
    expect((await toldOf(harness.db, seeded.freelancerId)).notifications).toEqual([]);
  });
});

import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { putPayment } from '../../support/sandboxStripe';
import { sandboxRequests } from '../../support/sandboxRequests';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import { newPayment, newRefund, says, type StripePayment } from '../../support/stripePayment';
import { outcomesOf, takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a refund', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  async function seedPaid(amount = 10_000): Promise<{ seeded: SeededInvoice; payment: StripePayment }> {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded, amount);
    await takeIn(harness, says.sessionPaid(payment));
    return { seeded, payment };
  }

  async function refundsTold({ freelancerId }: SeededInvoice): Promise<string[]> {
    const { notifications } = await toldOf(harness.db, freelancerId);
    return notifications.filter((type) => type !== 'payment_received' && type !== 'overpayment');
  }

  it('of a part leaves the rest paid, and the freelancer is told once', async () => {
    const { seeded, payment } = await seedPaid();
    const made = newRefund(2_500);
    await putPayment(harness.sandbox, payment, [made]);
    const told = [says.refund(payment, 'created', made), says.chargeRefunded(payment, 2_500)];
    await takeIn(harness, ...told, says.refund(payment, 'updated', made));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'sent',
      amountPaid: 10_000,
      amountRefunded: 2_500,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      amount: 10_000,
      refunded: 2_500,
      status: 'completed',
    });
    expect(await refundsTold(seeded)).toEqual(['payment_refunded']);
    expect((await toldOf(harness.db, seeded.freelancerId)).outbox).toEqual(['payment_refunded', 'receipt']);
  });

  it('of everything makes the invoice refunded', async () => {
    const { seeded, payment } = await seedPaid();
    await takeIn(harness, says.chargeRefunded(payment, 10_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'refunded',
      amountPaid: 10_000,
      amountRefunded: 10_000,
      chase: 'off',
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ status: 'refunded' });
    const invoice = await harness.db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(invoice.get('paidAt')).toBeNull();
  });

  it('of one of two payments leaves the invoice paid by the other', async () => {
    const { seeded, payment } = await seedPaid();
    await takeIn(harness, says.sessionPaid(newPayment(seeded)), says.chargeRefunded(payment, 10_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 20_000,
      amountRefunded: 10_000,
    });
  });

  it('of what was paid too much leaves the invoice paid', async () => {
    const { seeded, payment } = await seedPaid(12_000);
    await takeIn(harness, says.chargeRefunded(payment, 2_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid' });
    await takeIn(harness, says.chargeRefunded(payment, 2_001));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'sent', chase: 'off' });
  });

  it('told in sums that come in the wrong order keeps the largest, without asking Stripe', async () => {
    const { seeded, payment } = await seedPaid();
    const sums = [3_000, 1_000, 7_000, 5_000, 3_000];
    await takeIn(harness, ...sums.map((sum) => says.chargeRefunded(payment, sum)));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ amountRefunded: 7_000 });
    expect(await refundsTold(seeded)).toEqual(['payment_refunded', 'payment_refunded']);
    const asked = await sandboxRequests(harness.sandbox.origin);
    expect(asked.filter(({ path }) => path.includes(payment.paymentIntent))).toEqual([]);
  });

  it('that fails gives the money back to the invoice, and a late picture of it changes nothing', async () => {
    const { seeded, payment } = await seedPaid();
    const made = newRefund(10_000);
    await takeIn(harness, says.chargeRefunded(payment, 10_000));
    await putPayment(harness.sandbox, payment, [{ ...made, status: 'failed' }]);
    await takeIn(harness, says.refund(payment, 'failed', made));
    const paid = { status: 'paid', amountPaid: 10_000, amountRefunded: 0, chase: 'off' };
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(paid);
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      refunded: 0,
      refundFailed: true,
      status: 'completed',
    });
    await takeIn(harness, says.chargeRefunded(payment, 10_000), says.refund(payment, 'created', made));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(paid);
    expect(await refundsTold(seeded)).toEqual(['payment_refunded', 'refund_failed']);
  });

  it.each(['failed', 'canceled'])('that is updated to %s counts as failed', async (status) => {
    const { seeded, payment } = await seedPaid();
    const made = newRefund(4_000);
    await takeIn(harness, says.chargeRefunded(payment, 4_000));
    await putPayment(harness.sandbox, payment, [{ ...made, status }]);
    const updated = says.refund(payment, 'updated', made, status);
    await takeIn(harness, updated, says.chargeRefunded(payment, 4_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountRefunded: 0 });
  });

  it('that fails and is made again, twice, of the same sum, is taken in each time', async () => {
    const { seeded, payment } = await seedPaid();
    const failed = [newRefund(4_000), newRefund(4_000)];
    const last = newRefund(4_000);
    const done: ReturnType<typeof newRefund>[] = [];
    for (const made of failed) {
      const before = done.map((one) => ({ ...one, status: 'failed' }));
      await putPayment(harness.sandbox, payment, [...before, made]);
      await takeIn(harness, says.refund(payment, 'created', made), says.chargeRefunded(payment, 4_000));
      done.push(made);
      await putPayment(
        harness.sandbox,
        payment,
        done.map((one) => ({ ...one, status: 'failed' })),
      );
      await takeIn(harness, says.refund(payment, 'failed', made));
    }
    await putPayment(harness.sandbox, payment, [...done.map((one) => ({ ...one, status: 'failed' })), last]);
    await takeIn(harness, says.refund(payment, 'created', last), says.chargeRefunded(payment, 4_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'sent',
      amountRefunded: 4_000,
    });
    expect(await refundsTold(seeded)).toEqual([
      'payment_refunded',
      'payment_refunded',
      'payment_refunded',
      'refund_failed',
      'refund_failed',
    ]);
  });

  it('of a payment that could not be applied is noted on it, and touches no invoice', async () => {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded, 10_000, { currency: 'usd' });
    const refunded = says.chargeRefunded(payment, 10_000);
    await takeIn(harness, says.sessionPaid(payment), refunded);
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      applied: false,
      reason: 'currency_mismatch',
      refunded: 10_000,
      status: 'refunded',
    });
    expect(await outcomesOf(harness, refunded)).toEqual(['recorded']);
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'sent', amountPaid: 0 });
  });

  it('from another account than the payment is a dead letter and changes nothing', async () => {
    const { seeded, payment } = await seedPaid();
    const foreign = says.chargeRefunded(payment, 10_000, { account: 'acct_foreign' });
    await takeIn(harness, foreign);
    const row = await harness.db.doc(`failed_webhooks/stripe_${foreign.id}`).get();
    expect(row.data()).toMatchObject({ status: 'dead_letter', lastError: { code: 'account_mismatch' } });
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountRefunded: 0 });
  });
});

import { moneyOf, toldOf } from '../../support/moneyState';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import { newDispute, newPayment, newRefund, says } from '../../support/stripePayment';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('the chase of an invoice', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  async function seedChased(state: Record<string, unknown> = {}): Promise<SeededInvoice> {
    const seeded = await seedInvoice(harness.db, {
      status: 'in_collections',
      dueDate: '2020-01-01',
      escalationLevel: 'firm',
    });
    await harness.db.doc(`escalation_states/${seeded.invoiceId}`).set({
      freelancerId: seeded.freelancerId,
      currentLevel: 'firm',
      isPaused: false,
      sentLevels: ['gentle', 'firm'],
      pendingOutbox: ['dunning_a', 'dunning_b'],
      ...state,
    });
    return seeded;
  }

  async function seedClaim(invoiceId: string, n: number, status: string): Promise<void> {
    await harness.db.doc(`payment_claims/${invoiceId}_${n}`).set({ invoiceId, status });
  }

  it('is closed by a payment, and what it still wanted to send is left for the gate', async () => {
    const seeded = await seedChased();
    await takeIn(harness, says.sessionPaid(newPayment(seeded)));
    const state = await harness.db.doc(`escalation_states/${seeded.invoiceId}`).get();
    expect(state.data()).toMatchObject({
      closedReason: 'paid',
      currentLevel: 'firm',
      sentLevels: ['gentle', 'firm'],
      pendingOutbox: ['dunning_a', 'dunning_b'],
    });
    expect(state.get('closedAt')).not.toBeNull();
  });

  it('that was paid does not start again by a refund', async () => {
    const seeded = await seedChased();
    const payment = newPayment(seeded);
    await takeIn(harness, says.sessionPaid(payment), says.chargeRefunded(payment, 4_000));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'in_collections',
      amountRefunded: 4_000,
      chase: 'off',
      closed: 'paid',
    });
  });

  it('does not start again either when the refund is heard of before the payment', async () => {
    const seeded = await seedChased();
    const payment = newPayment(seeded);
    await putPayment(harness.sandbox, payment, [newRefund(4_000)]);
    await takeIn(harness, says.chargeRefunded(payment, 4_000), says.sessionPaid(payment));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'in_collections',
      amountPaid: 10_000,
      amountRefunded: 4_000,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
  });

  describe('of which a part was paid and given back stops, and goes on for the rest', () => {
    async function seedGivenBack() {
      const seeded = await seedChased();
      const payment = newPayment(seeded, 4_000);
      await takeIn(harness, says.sessionPaid(payment), says.chargeRefunded(payment, 4_000));
      const stopped = { status: 'refunded', chase: 'off', closed: null };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(stopped);
      return { seeded, payment };
    }

    it('when money comes again', async () => {
      const { seeded } = await seedGivenBack();
      const again = newPayment(seeded, 3_000);
      await takeIn(harness, says.sessionPaid(again));
      const chased = { status: 'in_collections', chase: 'on', closed: null };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(chased);
      await takeIn(harness, says.chargeRefunded(again, 3_000));
      const stopped = { status: 'refunded', chase: 'off', closed: null };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(stopped);
    });

    it('when the refund fails', async () => {
      const { seeded, payment } = await seedGivenBack();
      const made = newRefund(4_000);
      await putPayment(harness.sandbox, payment, [{ ...made, status: 'failed' }]);
      await takeIn(harness, says.refund(payment, 'failed', made));
      const chased = { status: 'in_collections', amountRefunded: 0, chase: 'on', closed: null };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(chased);
    });

    it('but not once it was paid in full, and closed', async () => {
      const { seeded } = await seedGivenBack();
      const whole = newPayment(seeded);
      await takeIn(harness, says.sessionPaid(whole), says.chargeRefunded(whole, 10_000));
      const closed = { chase: 'off', closed: 'paid' };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ ...closed, status: 'refunded' });
      await takeIn(harness, says.sessionPaid(newPayment(seeded, 3_000)));
      const owed = { ...closed, status: 'in_collections' };
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject(owed);
    });
  });

  it('is paused by a dispute and goes on when it is won', async () => {
    const seeded = await seedChased();
    const payment = newPayment(seeded, 4_000);
    const dispute = newDispute(4_000);
    await takeIn(
      harness,
      says.sessionPaid(payment),
      says.dispute(payment, 'created', dispute, 'needs_response'),
    );
    const open = await moneyOf(harness.db, seeded.invoiceId);
    expect(open).toMatchObject({ status: 'disputed', chase: 'off', paused: 'dispute', closed: null });

    await takeIn(harness, says.dispute(payment, 'closed', dispute, 'won'));
    const won = await moneyOf(harness.db, seeded.invoiceId);
    expect(won).toMatchObject({ status: 'in_collections', chase: 'on', paused: null, closed: null });
    const { timeline } = await toldOf(harness.db, seeded.freelancerId);
    expect(timeline).toEqual(['paused', 'payment_received', 'resumed']);
  });

  it('keeps the freelancer’s own pause through a dispute', async () => {
    const pausedAt = new Date('2026-02-01T10:00:00Z');
    const seeded = await seedChased({ isPaused: true, pauseReason: 'manual', pausedAt });
    const payment = newPayment(seeded, 4_000);
    const dispute = newDispute(4_000);
    await takeIn(
      harness,
      says.sessionPaid(payment),
      says.dispute(payment, 'created', dispute, 'needs_response'),
    );
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'disputed',
      paused: 'manual',
    });
    await takeIn(harness, says.dispute(payment, 'closed', dispute, 'won'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ paused: 'manual' });
    expect((await toldOf(harness.db, seeded.freelancerId)).timeline).toEqual(['payment_received']);
  });

  it('sees the open claim of the debtor answered by a payment in full, and no other claim', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(db, { paymentClaimStatus: 'pending_verification' });
    await seedClaim(seeded.invoiceId, 1, 'rejected');
    await seedClaim(seeded.invoiceId, 2, 'pending_verification');
    const claims = async (): Promise<unknown[]> => {
      const refs = [1, 2].map((n) => db.doc(`payment_claims/${seeded.invoiceId}_${n}`));
      return (await db.getAll(...refs)).map((claim): unknown => claim.get('status'));
    };
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 4_000)));
    expect(await claims()).toEqual(['rejected', 'pending_verification']);
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 6_000)));
    expect(await claims()).toEqual(['rejected', 'resolved']);
    const invoice = await db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(invoice.get('paymentClaimStatus')).toBe('resolved');
  });

  it('is closed with its session and claim when a failed refund pays the invoice again', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded);
    const made = newRefund(4_000);
    await takeIn(harness, says.sessionPaid(payment), says.chargeRefunded(payment, 4_000));
    const checkout = { sessionId: 'cs_for_the_rest', amount: 4_000, generation: 3, fee: 0 };
    await db.doc(`invoices/${seeded.invoiceId}`).update({
      checkout: { ...checkout, expiresAt: new Date('2099-01-01T00:00:00Z'), stripeAccountId: null },
      paymentClaimStatus: 'pending_verification',
    });
    await seedClaim(seeded.invoiceId, 1, 'pending_verification');

    await putPayment(harness.sandbox, payment, [{ ...made, status: 'failed' }]);
    await takeIn(harness, says.refund(payment, 'failed', made));

    const invoice = await db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(invoice.data()).toMatchObject({
      status: 'paid',
      amountRefunded: 0,
      checkout: { sessionId: null },
    });
    const [order, claim] = await db.getAll(
      db.doc('checkout_expiries/cs_for_the_rest'),
      db.doc(`payment_claims/${seeded.invoiceId}_1`),
    );
    expect(order?.get('status')).toBe('pending');
    expect(claim?.get('status')).toBe('resolved');
  });

  it('is not touched while Stripe can not be asked, and closed once it can', async () => {
    const seeded = await seedChased();
    const payment = newPayment(seeded);
    const refunded = says.chargeRefunded(payment, 10_000);
    await putPayment(harness.sandbox, payment, [newRefund(10_000)]);
    await failStripe(harness.sandbox, { mode: 'unavailable' });
    await expect(takeIn(harness, refunded)).rejects.toThrow('charge.refunded was answered with 500');
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ amountPaid: 0, chase: 'on' });
    await mendStripe(harness.sandbox);
    await takeIn(harness, refunded);
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'refunded',
      amountPaid: 10_000,
      chase: 'off',
      closed: 'paid',
    });
  });
});

import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import {
  newDispute,
  newPayment,
  says,
  type StripeDispute,
  type StripePayment,
} from '../../support/stripePayment';
import { takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a card dispute', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  interface Disputed {
    readonly seeded: SeededInvoice;
    readonly payment: StripePayment;
    readonly dispute: StripeDispute;
  }

  async function seedPaid(disputed = 10_000): Promise<Disputed> {
    const seeded = await seedInvoice(harness.db);
    const payment = newPayment(seeded);
    await takeIn(harness, says.sessionPaid(payment));
    return { seeded, payment, dispute: newDispute(disputed) };
  }

  async function seedOpen(disputed = 10_000): Promise<Disputed> {
    const made = await seedPaid(disputed);
    await takeIn(harness, says.dispute(made.payment, 'created', made.dispute, 'needs_response'));
    return made;
  }

  it('withholds the money while it is open, and tells the freelancer once', async () => {
    const { seeded, payment, dispute } = await seedOpen();
    await takeIn(harness, says.dispute(payment, 'updated', dispute, 'under_review'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'disputed',
      amountPaid: 10_000,
      amountRefunded: 0,
      paused: 'dispute',
      chase: 'off',
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      status: 'disputed',
      disputed: 10_000,
      disputes: { [dispute.dispute]: { status: 'under_review', amount: 10_000 } },
    });
    expect(await toldOf(harness.db, seeded.freelancerId)).toEqual({
      notifications: ['payment_disputed', 'payment_received'],
      outbox: ['payment_disputed', 'receipt'],
      timeline: ['paused', 'payment_received'],
    });
  });

  it.each(['won', 'warning_closed'])('that is closed as %s gives the status back', async (status) => {
    const { seeded, payment, dispute } = await seedOpen();
    await takeIn(harness, says.dispute(payment, 'closed', dispute, status));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'paid',
      amountPaid: 10_000,
      amountRefunded: 0,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      status: 'completed',
      disputed: 0,
    });
  });

  it('that is lost counts as given back', async () => {
    const { seeded, payment, dispute } = await seedOpen();
    await takeIn(harness, says.dispute(payment, 'closed', dispute, 'lost'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status: 'refunded',
      amountPaid: 10_000,
      amountRefunded: 0,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      status: 'disputed',
      disputed: 10_000,
    });
  });

  it('about a part that is lost leaves the rest paid, and the chase closed', async () => {
    const { seeded, payment, dispute } = await seedOpen(2_000);
    await takeIn(harness, says.dispute(payment, 'closed', dispute, 'lost'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'sent', chase: 'off' });
  });

  it('that was also refunded is not given back twice', async () => {
    const { seeded, payment, dispute } = await seedPaid();
    const another = newPayment(seeded, 5_000);
    await takeIn(
      harness,
      says.sessionPaid(another),
      says.chargeRefunded(payment, 10_000),
      says.dispute(payment, 'created', dispute, 'needs_response'),
      says.dispute(payment, 'closed', dispute, 'lost'),
    );
    const invoice = await harness.db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(invoice.get(`payments.${payment.paymentIntent}`)).toEqual({
      amount: 10_000,
      refunded: 10_000,
      disputed: 0,
      disputeOpen: false,
    });
    // What the other payment brought is kept: 5,000 of 10,000.
    expect(invoice.get('status')).toBe('sent');
  });

  it.each(['won', 'lost', 'warning_closed'])(
    'closed as %s before it was opened stays closed',
    async (status) => {
      const { seeded, payment, dispute } = await seedPaid();
      const late = (['needs_response', 'under_review', 'warning_needs_response'] as const).map((open) =>
        says.dispute(payment, 'updated', dispute, open),
      );
      const closed = says.dispute(payment, 'closed', dispute, status);
      await takeIn(harness, closed, says.dispute(payment, 'created', dispute, 'needs_response'), ...late);
      expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
        status: status === 'lost' ? 'refunded' : 'paid',
        paused: null,
      });
      expect((await toldOf(harness.db, seeded.freelancerId)).timeline).toEqual(['payment_received']);
    },
  );

  it('is final once it is closed, whatever is told later', async () => {
    const { seeded, payment, dispute } = await seedOpen();
    await takeIn(
      harness,
      says.dispute(payment, 'closed', dispute, 'won'),
      says.dispute(payment, 'closed', dispute, 'lost'),
      says.dispute(payment, 'updated', dispute, 'a_status_of_the_future'),
    );
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', paused: null });
  });

  it('in a state that Stripe adds later counts as open, and can still be closed', async () => {
    const { seeded, payment, dispute } = await seedPaid();
    await takeIn(harness, says.dispute(payment, 'created', dispute, 'a_status_of_the_future'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'disputed' });
    await takeIn(harness, says.dispute(payment, 'closed', dispute, 'won'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid' });
  });

  it('that follows another is told and pauses anew; the pause lasts until the last one ends', async () => {
    const { seeded, payment, dispute: first } = await seedOpen(5_000);
    const [second, third] = [newDispute(5_000), newDispute(5_000)];
    await takeIn(
      harness,
      says.dispute(payment, 'created', second, 'needs_response'),
      says.dispute(payment, 'closed', first, 'won'),
    );
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'disputed',
      paused: 'dispute',
    });
    await takeIn(harness, says.dispute(payment, 'closed', second, 'won'));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', paused: null });
    await takeIn(harness, says.dispute(payment, 'created', third, 'needs_response'));
    await takeIn(harness, says.dispute(payment, 'closed', third, 'won'));
    const { timeline, notifications } = await toldOf(harness.db, seeded.freelancerId);
    expect(timeline).toEqual(['paused', 'paused', 'payment_received', 'resumed', 'resumed']);
    expect(notifications).toEqual(['payment_disputed', 'payment_disputed', 'payment_received']);
  });

  it('of a payment that could not be applied is noted on it, and touches no invoice', async () => {
    const seeded = await seedInvoice(harness.db, { status: 'cancelled' });
    const payment = newPayment(seeded);
    await takeIn(
      harness,
      says.sessionPaid(payment),
      says.dispute(payment, 'created', newDispute(10_000), 'needs_response'),
    );
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      applied: false,
      disputed: 10_000,
      status: 'disputed',
    });
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'cancelled', paused: null });
  });
});

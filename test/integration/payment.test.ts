import { seedInvoice } from '../support/seed';
import { checkoutSession, event, invoiceMetadata, newId } from '../support/stripeEvents';
import { deliver, type Harness, startHarness } from '../support/webhookHarness';

describe('a payment', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it('is recorded once, pays the invoice, and queues one receipt', async () => {
    const { db, webhook } = harness;
    const { invoiceId, freelancerId } = await seedInvoice(db);
    const pi = newId('pi');
    const paid = event(
      'checkout.session.completed',
      checkoutSession({
        paymentIntent: pi,
        amount: 10_000,
        metadata: invoiceMetadata(invoiceId, freelancerId),
      }),
    );
    const first = await deliver(webhook.origin, paid);
    expect(first.map((answer) => [answer.status, answer.body])).toEqual([
      [200, { received: true, duplicate: false }],
    ]);
    const [again] = await deliver(webhook.origin, paid);
    expect(again?.body).toEqual({ received: true, duplicate: true });

    const invoice = await db.doc(`invoices/${invoiceId}`).get();
    expect(invoice.data()).toMatchObject({ status: 'paid', amountPaid: 10_000, nextActionAt: null });
    const receipt = await db.doc(`outbox/receipt_${pi}`).get();
    expect(receipt.data()).toMatchObject({ class: 'debtor_service', status: 'pending' });
  });
});

import { e2eStack, type E2eStack } from '../support/e2eStack';
import { inFlight } from '../support/inFlight';
import { seedInvoice } from '../support/seed';
import { checkoutSession, event, invoiceMetadata, newId } from '../support/stripeEvents';
import { post } from '../support/webhookHarness';

const EVENTS = 200;
const TIMES = 5;
const AT_ONCE = 30;

describe('the functions emulator', () => {
  let stack: E2eStack;
  beforeAll(() => {
    stack = e2eStack();
  });
  afterAll(() => stack.stop());

  async function payment(): Promise<{
    invoiceId: string;
    paymentIntent: string;
    eventId: string;
    body: string;
  }> {
    const { invoiceId, freelancerId } = await seedInvoice(stack.db);
    const paymentIntent = newId('pi');
    const metadata = invoiceMetadata(invoiceId, freelancerId);
    const paid = event(
      'checkout.session.completed',
      checkoutSession({ paymentIntent, amount: 10_000, metadata }),
    );
    return { invoiceId, paymentIntent, eventId: paid.id, body: JSON.stringify(paid) };
  }

  it('takes a payment through Hosting, as Stripe delivers it', async () => {
    const { body, invoiceId } = await payment();
    const answer = await post(`${stack.hostingOrigin}/api/webhook/stripe`, body);
    expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: false }]);
    const invoice = await stack.db.doc(`invoices/${invoiceId}`).get();
    expect(invoice.get('status')).toBe('paid');
  });

  it('answers a GET with 405, and bytes that nobody signed with 400', async () => {
    const url = stack.url('stripeWebhook');
    const get = await fetch(url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const forged = await post(url, '{"id":"evt_1"}', { 'stripe-signature': 't=1,v1=00' });
    expect(forged.status).toBe(400);
  });

  it('takes 200 events five times each, 30 in flight: 200 payments, nothing lost, nothing double', async () => {
    const payments = await Promise.all(Array.from({ length: EVENTS }, payment));
    const bodies = Array.from({ length: TIMES }, () => payments.map(({ body }) => body)).flat();
    // Neighbours are the same event, so that its deliveries meet in different processes.
    bodies.sort();

    const answers = await inFlight(bodies, AT_ONCE, (body) => post(stack.url('stripeWebhook'), body));

    const refused = answers
      .filter((answer) => answer.status !== 200)
      .map(({ status, body }) => ({ status, body }));
    expect(refused).toEqual([]);
    const first = answers.filter((answer) => JSON.stringify(answer.body).includes('"duplicate":false'));
    expect(first).toHaveLength(EVENTS);
    const { db } = stack;
    for (const { invoiceId, paymentIntent, eventId } of payments) {
      const [invoice, transactions, claim, receipt, failed] = await Promise.all([
        db.doc(`invoices/${invoiceId}`).get(),
        db.collection('transactions').where('invoiceId', '==', invoiceId).get(),
        db.doc(`processed_events/stripe_${eventId}`).get(),
        db.doc(`outbox/receipt_${paymentIntent}`).get(),
        db.doc(`failed_webhooks/stripe_${eventId}`).get(),
      ]);
      expect({
        invoiceId,
        status: invoice.get('status') as unknown,
        amountPaid: invoice.get('amountPaid') as unknown,
        transactions: transactions.docs.map((doc) => doc.id),
        claimed: claim.exists,
        receipt: receipt.exists,
        failed: failed.exists,
      }).toEqual({
        invoiceId,
        status: 'paid',
        amountPaid: 10_000,
        transactions: [paymentIntent],
        claimed: true,
        receipt: true,
        failed: false,
      });
    }
  }, 420_000);
});

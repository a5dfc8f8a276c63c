import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { moneyOf, transactionOf } from '../../support/moneyState';
import { control } from '../../support/sandboxControl';
import { seedInvoice } from '../../support/seed';
import { newId } from '../../support/stripeEvents';

const UNDER_WAY = ['FAILED_PRECONDITION', 'A payment of this invoice is under way.'];

/** The payment page of an invoice whose money came to the wrong account: the invoice is untouched, the session over. */
describe('a Checkout Session that was paid and fitted no invoice', () => {
  let world: AdminWorld<'createCheckoutSession' | 'resolveUnappliedPayment'>;
  beforeAll(async () => {
    world = await startAdminWorld('createCheckoutSession', 'resolveUnappliedPayment');
    const { harness } = world;
    harness.sandbox.webhookTargets.stripe = (await harness.serve('stripeWebhook')).origin;
  });
  afterAll(() => world.harness.stop());

  /** The debtor opens the page, the freelancer connects his account, and then the page is paid. */
  async function paidTooLate(deliveries = 1) {
    const { harness } = world;
    const seeded = await seedInvoice(harness.db);
    const { freelancerId, invoiceId } = seeded;
    const ask = () => world.call('createCheckoutSession', freelancerId, { invoiceId });
    const { sessionId } = (await ask()).result;
    await harness.db.doc(`users/${freelancerId}`).update({ stripeAccountId: newId('acct') });
    const pay = `stripe/checkout/${String(sessionId)}/pay`;
    const paid = await control(harness.sandbox, 'POST', pay, { deliveries });
    const transactionId = (paid as { paymentIntent: { id: string } }).paymentIntent.id;
    return { ...seeded, sessionId, transactionId, ask };
  }

  const refusal = ({ error, message }: { error: string | null; message?: string | null }) => [error, message];

  it.each(['refunded elsewhere', 'for another invoice'])(
    'makes room for another once it is told to be %s',
    async (made) => {
      const { db } = world.harness;
      const { invoiceId, freelancerId, sessionId, transactionId, ask } = await paidTooLate();
      const reason = 'account_mismatch';
      expect(await transactionOf(db, transactionId)).toMatchObject({ applied: false, reason });
      // He has paid, and it may yet be applied to this invoice: he is not asked for it twice.
      expect(refusal(await ask())).toEqual(UNDER_WAY);

      const other = `${invoiceId}-other`;
      const invoice = (await db.doc(`invoices/${invoiceId}`).get()).data() ?? {};
      await db.doc(`invoices/${other}`).set({ ...invoice, checkout: null });
      const paysFor = made === 'for another invoice' ? other : null;
      const input = { transactionId, invoiceId: paysFor, reason: 'asked the debtor' };
      expect((await world.ask('resolveUnappliedPayment', input)).error).toBeNull();

      const again = await ask();
      expect(again).toMatchObject({ error: null, result: { amount: 10_000 } });
      expect(again.result['sessionId']).not.toBe(sessionId);
      const account: unknown = (await world.read(`users/${freelancerId}`))['stripeAccountId'];
      expect((await world.read(`invoices/${invoiceId}`))['checkout']).toMatchObject({
        sessionId: again.result['sessionId'],
        generation: 2,
        stripeAccountId: account,
      });
      expect(await moneyOf(db, invoiceId)).toMatchObject({ status: 'sent', amountPaid: 0 });
    },
  );

  it('makes room for another once it was given back at Stripe', async () => {
    const { transactionId, ask } = await paidTooLate();
    await control(world.harness.sandbox, 'POST', 'stripe/refund', { payment_intent: transactionId });
    expect(await transactionOf(world.harness.db, transactionId)).toMatchObject({ refunded: 10_000 });
    expect(await ask()).toMatchObject({ error: null, result: { amount: 10_000 } });
  });

  it('makes no room while we have not heard of the payment', async () => {
    const { ask } = await paidTooLate(0);
    expect(refusal(await ask())).toEqual(UNDER_WAY);
  });
});

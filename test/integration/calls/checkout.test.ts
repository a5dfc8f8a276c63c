import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { seedInvoice } from '../../support/seed';

describe('the Checkout Session of an invoice', () => {
  let world: CallWorld;
  beforeAll(async () => {
    world = await startCallWorld('createCheckoutSession');
  });
  afterAll(() => world.harness.stop());

  it('is closed at Stripe before there is one for another amount', async () => {
    const { harness } = world;
    const { invoiceId, freelancerId } = await seedInvoice(harness.db);
    const first = await world.call('createCheckoutSession', freelancerId, { invoiceId });
    expect(first).toMatchObject({ error: null, result: { amount: 10_000 } });

    // A part came in another way meanwhile.
    await harness.db.doc(`invoices/${invoiceId}`).update({
      amountPaid: 4_000,
      payments: { manual_x: { amount: 4_000, refunded: 0, disputed: 0, disputeOpen: false } },
    });
    const second = await world.call('createCheckoutSession', freelancerId, { invoiceId });
    expect(second).toMatchObject({ error: null, result: { amount: 6_000 } });

    const paths = harness.sandbox
      .accepted()
      .filter(({ provider, method }) => provider === 'stripe' && method === 'POST')
      .map(({ path }) => path);
    const closing = `/v1/checkout/sessions/${String(first.result['sessionId'])}/expire`;
    expect(paths).toEqual(['/v1/checkout/sessions', closing, '/v1/checkout/sessions']);
  });
});

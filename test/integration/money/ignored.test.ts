import { changedBetween, everyDocument } from '../../support/moneyState';
import { failStripe, mendStripe, putObject, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { charge, checkoutSession, event, newId, refund } from '../../support/stripeEvents';
import { newDispute, newPayment, newRefund, says, type StripeEvent } from '../../support/stripePayment';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

/** Types that Stripe sends and that say nothing of an invoice's money, around an object that is ours. */
const OTHER_TYPES = [
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.canceled',
  'charge.succeeded',
  'charge.updated',
  'charge.refund.updated',
  'charge.dispute.funds_withdrawn',
  'payout.paid',
  'invoice.created',
  'a.type.of.the.future',
];

describe('an event that is not about our invoices', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  /** Delivers each once; fails if it is refused, or if any document was made or changed. */
  async function expectIgnored(...events: readonly StripeEvent[]): Promise<void> {
    const before = await everyDocument(harness.db);
    for (const ignored of events) {
      const [answer] = await deliver(harness.webhook.origin, ignored);
      expect({ type: ignored['type'], status: answer?.status, body: answer?.body }).toEqual({
        type: ignored['type'],
        status: 200,
        body: { received: true, duplicate: false },
      });
    }
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([]);
  }

  it.each([
    ['no kind', undefined],
    ['another kind', 'subscription'],
    ['a kind in capitals', 'INVOICE'],
    ['a kind with a blank', 'invoice '],
    ['an empty kind', ''],
    ['a kind that is no text', { invoice: true }],
  ])('because its object has %s writes nothing, not even a claim', async (_, kind) => {
    const seeded = await seedInvoice(harness.db);
    const metadata = { ...seeded, ...(kind === undefined ? {} : { kind }) };
    const payment = newPayment(seeded, 10_000, { metadata });
    await expectIgnored(
      says.sessionPaid(payment),
      says.session(payment, 'expired', { payment_status: 'unpaid' }),
      says.intentPaid(payment),
      says.declined(payment),
    );
  });

  it.each(OTHER_TYPES)('because its type is %s writes nothing', async (type) => {
    const payment = newPayment(await seedInvoice(harness.db));
    await expectIgnored(event(type, checkoutSession(payment)));
  });

  it('writes nothing when it is a refund or dispute of a payment that Stripe says is not ours', async () => {
    const seeded = await seedInvoice(harness.db);
    const foreign = newPayment(seeded, 10_000, { metadata: { kind: 'subscription' } });
    await putPayment(harness.sandbox, foreign, [newRefund(500)]);
    await expectIgnored(
      says.chargeRefunded(foreign, 500),
      says.refund(foreign, 'created', newRefund(500)),
      says.dispute(foreign, 'created', newDispute(10_000), 'needs_response'),
    );
  });

  it('writes nothing, and asks nobody, when it is a charge without a Payment Intent', async () => {
    const legacy = charge(
      { paymentIntent: newId('pi'), amount: 500, refunded: 500 },
      { payment_intent: null },
    );
    await failStripe(harness.sandbox, { mode: 'server_error' });
    try {
      await expectIgnored(event('charge.refunded', legacy));
    } finally {
      await mendStripe(harness.sandbox);
    }
  });

  it('writes nothing when it is of the other mode of Stripe, and no payment: Stripe would not know it', async () => {
    const seeded = await seedInvoice(harness.db);
    const real = { livemode: true };
    const payment = newPayment(seeded);
    const refunded = newRefund(500);
    const told = [
      says.chargeRefunded(payment, 500, real),
      says.refund(payment, 'created', refunded, 'succeeded', real),
      says.dispute(payment, 'created', newDispute(10_000), 'needs_response', real),
      { ...says.declined(payment), ...real },
      { ...says.session(payment, 'expired', { payment_status: 'unpaid' }), ...real },
    ];
    const checkout = { sessionId: payment.session, amount: 10_000, generation: 1, fee: 0 };
    await harness.db.doc(`invoices/${seeded.invoiceId}`).update({
      checkout: { ...checkout, expiresAt: new Date('2099-01-01T00:00:00Z'), stripeAccountId: null },
    });
    await expectIgnored(...told);
    // The payment itself is recorded, for money has moved; what becomes of it is no more ours than before.
    await deliver(harness.webhook.origin, says.intentPaid(payment, real));
    await expectIgnored(...told.map((event) => ({ ...event, id: newId('evt') })));
  });

  it('writes nothing when it is a refund that names only a charge, and that charge has no payment', async () => {
    const paymentIntent = newId('pi');
    const legacy = charge({ paymentIntent, amount: 500, refunded: 500 }, { payment_intent: null });
    await putObject(harness.sandbox, legacy);
    const made = refund({ paymentIntent, amount: 500 }, { payment_intent: null });
    await expectIgnored(event('refund.created', made));
  });
});

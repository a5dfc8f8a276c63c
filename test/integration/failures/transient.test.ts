import { keptBytes, rowOf, rowRef, seedFailure, untilRetry } from '../../support/failedRows';
import { moneyOf, transactionOf } from '../../support/moneyState';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import {
  newPayment,
  newRefund,
  says,
  type StripeEvent,
  type StripePayment,
} from '../../support/stripePayment';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('a delivery that fails for now', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  /** A refund of a payment that we have not heard of: Stripe has to be asked, and can not be. */
  async function failing(): Promise<{ refunded: StripeEvent; payment: StripePayment; invoiceId: string }> {
    const invoice = await seedInvoice(harness.db);
    const payment = newPayment(invoice);
    const refund = newRefund(2_500);
    await putPayment(harness.sandbox, payment, [refund]);
    await failStripe(harness.sandbox, { mode: 'server_error' });
    return { refunded: says.refund(payment, 'created', refund), payment, invoiceId: invoice.invoiceId };
  }

  const claimOf = ({ id }: StripeEvent) => harness.db.doc(`processed_events/stripe_${id}`).get();

  it('is answered with 500, and kept with its bytes for a retry in a minute', async () => {
    const { refunded, payment } = await failing();
    const [answer] = await deliver(harness.webhook.origin, refunded);
    expect([answer?.status, answer?.body]).toEqual([
      500,
      { error: 'Not applied yet; recorded for a retry.' },
    ]);
    const row = await rowOf(harness.db, refunded);
    expect(row).toMatchObject({
      source: 'stripe',
      eventId: refunded.id,
      eventType: 'refund.created',
      status: 'pending_retry',
      attempts: 1,
      maxAttempts: 8,
      leaseUntil: null,
      lastError: { code: 'stripe_unavailable' },
    });
    expect(row).not.toHaveProperty('expiresAt');
    // 60 s ± 20 %, less what the test itself took.
    expect(untilRetry(row)).toBeGreaterThan(38_000);
    expect(untilRetry(row)).toBeLessThanOrEqual(72_000);
    expect(await keptBytes(harness.db, refunded)).toBe(JSON.stringify(refunded));
    expect((await claimOf(refunded)).exists).toBe(false);
    expect((await harness.db.doc(`transactions/${payment.paymentIntent}`).get()).exists).toBe(false);
  });

  it.each(['rate_limit', 'unavailable', 'reset'] as const)(
    'is kept as well when Stripe has %s',
    async (mode) => {
      const { refunded } = await failing();
      await mendStripe(harness.sandbox);
      await failStripe(harness.sandbox, { mode });
      const [answer] = await deliver(harness.webhook.origin, refunded);
      expect(answer?.status).toBe(500);
      expect((await rowOf(harness.db, refunded))['lastError']).toMatchObject({ code: 'stripe_unavailable' });
    },
  );

  it('five times at once is one row and one attempt', async () => {
    const { refunded } = await failing();
    const answers = await deliver(harness.webhook.origin, refunded, 5);
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
    expect(await rowOf(harness.db, refunded)).toMatchObject({ status: 'pending_retry', attempts: 1 });
  });

  it('again, one after the other, uses up no attempt and does not put off the retry', async () => {
    const { refunded } = await failing();
    await deliver(harness.webhook.origin, refunded);
    const first = await rowOf(harness.db, refunded);
    for (let n = 0; n < 3; n += 1) await deliver(harness.webhook.origin, refunded);
    const last = await rowOf(harness.db, refunded);
    expect(last).toMatchObject({ status: 'pending_retry', attempts: 1, nextRetryAt: first['nextRetryAt'] });
    expect(last['createdAt']).toEqual(first['createdAt']);
  });

  it('and then succeeds ends its record in the commit that applies it', async () => {
    const { refunded, payment, invoiceId } = await failing();
    await deliver(harness.webhook.origin, refunded);
    await mendStripe(harness.sandbox);
    const [answer] = await deliver(harness.webhook.origin, refunded);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);

    const row = await rowRef(harness.db, refunded).get();
    expect(row.data()).toMatchObject({
      status: 'resolved',
      attempts: 1,
      nextRetryAt: null,
      leaseUntil: null,
    });
    const claim = await claimOf(refunded);
    expect(claim.createTime).toEqual(row.updateTime);
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ refunded: 2_500 });
    expect(await moneyOf(harness.db, invoiceId)).toMatchObject({ amountPaid: 10_000, amountRefunded: 2_500 });
  });

  it('while a retry is at work notes its error and touches nothing else', async () => {
    const { refunded } = await failing();
    const leaseUntil = new Date(Date.now() + 60_000);
    await seedFailure(harness.db, refunded, {
      status: 'retrying',
      attempts: 3,
      leaseUntil,
      nextRetryAt: leaseUntil,
      leaseOwner: 'another-runner',
      lastError: { code: 'earlier', message: 'Earlier.' },
    });
    const before = await rowOf(harness.db, refunded);
    const [answer] = await deliver(harness.webhook.origin, refunded);
    expect(answer?.status).toBe(500);
    const { lastError, updatedAt, ...rest } = await rowOf(harness.db, refunded);
    expect(lastError).toMatchObject({ code: 'stripe_unavailable' });
    expect(updatedAt).not.toEqual(before['updatedAt']);
    expect({ ...before, ...rest }).toEqual(before);
  });

  it.each(['dead_letter', 'discarded', 'resolved'])('does not bring a %s row back', async (status) => {
    const { refunded } = await failing();
    await seedFailure(harness.db, refunded, { status, attempts: 8, nextRetryAt: null });
    const [answer] = await deliver(harness.webhook.origin, refunded);
    expect(answer?.status).toBe(500);
    expect(await rowOf(harness.db, refunded)).toMatchObject({ status, attempts: 8, nextRetryAt: null });
  });

  it.each(['dead_letter', 'discarded'])('ends a %s row when it succeeds after all', async (status) => {
    const { refunded } = await failing();
    await mendStripe(harness.sandbox);
    await seedFailure(harness.db, refunded, { status, attempts: 8, nextRetryAt: null });
    const [answer] = await deliver(harness.webhook.origin, refunded);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
    expect(await rowOf(harness.db, refunded)).toMatchObject({ status: 'resolved', attempts: 8 });
  });
});

import { randomBytes } from 'node:crypto';
import { keptBytes, rowOf, rowRef } from '../../support/failedRows';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { transactionOf } from '../../support/moneyState';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import {
  newPayment,
  newRefund,
  says,
  type StripeEvent,
  type StripePayment,
} from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

const MIB = 1024 * 1024;

describe('the bytes of a failed event', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  /** A refund that fails because Stripe is away, with a field that nobody reads. */
  async function failed(unread: (rest: number) => string) {
    const payment = newPayment(await seedInvoice(harness.db));
    const refund = newRefund(1_000);
    await putPayment(harness.sandbox, payment, [refund]);
    const bare = { ...says.refund(payment, 'created', refund), unread: '' };
    const event: StripeEvent = { ...bare, unread: unread(MIB - 1 - JSON.stringify(bare).length) };
    await failStripe(harness.sandbox, { mode: 'unavailable' });
    const [answer] = await deliver(harness.webhook.origin, event);
    expect([answer?.status, answer?.body]).toEqual([
      500,
      { error: 'Not applied yet; recorded for a retry.' },
    ]);
    await mendStripe(harness.sandbox);
    return { event, payment };
  }

  async function resolvedByRetry(event: StripeEvent, payment: StripePayment): Promise<void> {
    await tickWell(job, scheduledAt(3));
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', attempts: 2 });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ refunded: 1_000 });
  }

  it('one short of 1 MiB that hardly compress are kept in parts, whole, and retried', async () => {
    const random = (rest: number): string => randomBytes(rest).toString('base64').slice(0, rest);
    const { event, payment } = await failed(random);
    expect(Buffer.byteLength(JSON.stringify(event))).toBe(MIB - 1);
    const parts = await rowRef(harness.db, event).collection('private').get();
    expect(parts.docs.map(({ id }) => id)).toEqual(['payload', 'payload-1']);
    for (const part of parts.docs) expect((part.get('bytes') as Buffer).length).toBeLessThanOrEqual(700_000);
    expect((await keptBytes(harness.db, event)) === JSON.stringify(event)).toBe(true);
    await resolvedByRetry(event, payment);
  });

  it('with letters of every length are kept as they came', async () => {
    const { event, payment } = await failed(() => 'é€😀\u0000\u2028"\\'.repeat(500));
    expect(await keptBytes(harness.db, event)).toBe(JSON.stringify(event));
    await resolvedByRetry(event, payment);
  });

  it('left by a row that has expired are replaced, however many parts they had', async () => {
    const { event, payment } = await failed((rest) => randomBytes(rest).toString('base64').slice(0, rest));
    await rowRef(harness.db, event).delete();
    const small = { ...event, unread: 'little' };
    await failStripe(harness.sandbox, { mode: 'unavailable' });
    await deliver(harness.webhook.origin, small);
    await mendStripe(harness.sandbox);
    await resolvedByRetry(small, payment);
  });

  it.each([
    ['payload', 'payload_missing'],
    ['payload-1', 'payload_missing'],
  ])('of which %s is gone make a dead letter', async (part, code) => {
    const { event } = await failed((rest) => randomBytes(rest).toString('base64').slice(0, rest));
    await rowRef(harness.db, event).collection('private').doc(part).delete();
    await tickWell(job, scheduledAt(3));
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'dead_letter', lastError: { code } });
  });

  it('of which nothing can be read are tried again, in case it is we who can not read', async () => {
    const { event } = await failed(() => '');
    await rowRef(harness.db, event)
      .collection('private')
      .doc('payload')
      .update({ bytes: randomBytes(50) });
    await tickWell(job, scheduledAt(3));
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'pending_retry',
      attempts: 2,
      lastError: { code: 'unexpected', message: 'Something went wrong.' },
    });
  });
});

import { rowOf, untilRetry } from '../../support/failedRows';
import { scheduledFor, tickWell } from '../../support/jobTick';
import { failStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newPayment, newRefund, says, type StripeEvent } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

const EVENTS = 6;
const MINUTE_MS = 60_000;

describe('an event that keeps failing', () => {
  let harness: Harness;
  let job: ServedFunction;
  let events: StripeEvent[];
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
    await failStripe(harness.sandbox, { mode: 'unavailable' });
    events = await Promise.all(
      Array.from({ length: EVENTS }, async () => {
        const payment = newPayment(await seedInvoice(harness.db));
        const refund = newRefund(100);
        await putPayment(harness.sandbox, payment, [refund]);
        return says.refund(payment, 'created', refund);
      }),
    );
    for (const event of events) await deliver(harness.webhook.origin, event);
  });
  afterAll(() => harness.stop());

  const rows = () => Promise.all(events.map((event) => rowOf(harness.db, event)));

  /** When the last, or the first, of them is due. */
  async function due(which: 'first' | 'last'): Promise<Date> {
    const times = (await rows()).map((row) => untilRetry(row, new Date(0)));
    return new Date(which === 'first' ? Math.min(...times) : Math.max(...times));
  }

  it('is left alone until it is due', async () => {
    const before = await rows();
    await tickWell(job, scheduledFor(new Date((await due('first')).getTime() - 2_000)));
    expect(await rows()).toEqual(before);
  });

  it('waits twice as long after each failure, ±20 %, and is a dead letter after the eighth', async () => {
    const waits: number[] = [];
    for (let attempts = 2; attempts <= 8; attempts += 1) {
      const present = scheduledFor(await due('last'));
      await tickWell(job, present);
      const after = await rows();
      expect(after.map((row) => row['attempts'])).toEqual(Array(EVENTS).fill(attempts));
      if (attempts === 8) break;
      for (const row of after) {
        expect(row).toMatchObject({ status: 'pending_retry', leaseUntil: null, leaseOwner: null });
        waits.push(untilRetry(row, new Date(present)) / MINUTE_MS / 2 ** (attempts - 1));
      }
    }
    // 1 is the wait that belongs to the number of attempts.
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0.8);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1.2);
    // Events that failed together do not come back together.
    expect(new Set(waits.map((wait) => wait.toFixed(4))).size).toBeGreaterThan(waits.length / 2);

    for (const row of await rows()) {
      expect(row).toMatchObject({
        status: 'dead_letter',
        nextRetryAt: null,
        leaseUntil: null,
        lastError: { code: 'stripe_unavailable' },
      });
      expect(row).not.toHaveProperty('expiresAt');
    }
    const claims = await harness.db.collection('processed_events').get();
    expect(claims.size).toBe(0);
    for (const { id } of events) expect(job.logTail(200)).toMatch(new RegExp(`"alert":"dead_letter".*${id}`));
  });

  it('is not tried again once it is a dead letter', async () => {
    const before = await rows();
    await tickWell(job, scheduledFor(new Date(Date.now() + 30 * 24 * 60 * MINUTE_MS)));
    expect(await rows()).toEqual(before);
  });
});

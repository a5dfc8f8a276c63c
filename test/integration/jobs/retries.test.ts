import { Timestamp } from 'firebase-admin/firestore';
import { rowOf, rowRef, seedFailure } from '../../support/failedRows';
import { leaseOf, runOf, scheduledAt, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument, moneyOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPayment, says } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

const DAY_MS = 24 * 60 * 60_000;

describe('the retries', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  async function payment() {
    const invoice = await seedInvoice(harness.db);
    const made = newPayment(invoice);
    return { event: says.intentPaid(made), invoiceId: invoice.invoiceId, paymentIntent: made.paymentIntent };
  }

  it('end the record in the commit that applies the event, and keep it for 30 days', async () => {
    const { event, invoiceId, paymentIntent } = await payment();
    await seedFailure(harness.db, event, { attempts: 3 });
    const at = scheduledAt();
    await tickWell(job, at);

    const row = await rowRef(harness.db, event).get();
    expect(row.data()).toMatchObject({
      status: 'resolved',
      attempts: 4,
      nextRetryAt: null,
      leaseUntil: null,
      leaseOwner: null,
    });
    const [claim, transaction] = await harness.db.getAll(
      harness.db.doc(`processed_events/stripe_${event.id}`),
      harness.db.doc(`transactions/${paymentIntent}`),
    );
    expect(claim?.createTime).toEqual(row.updateTime);
    expect(transaction?.createTime).toEqual(row.updateTime);
    expect(await moneyOf(harness.db, invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
    const expiresAt: unknown = row.get('expiresAt');
    if (!(expiresAt instanceof Timestamp)) throw new Error('a resolved row has no expiresAt');
    const days = (expiresAt.toMillis() - Date.now()) / DAY_MS;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    expect(await runOf(harness.db, at)).toMatchObject({ outcome: 'finished', counts: { resolved: 1 } });
  });

  it('find that the event was applied meanwhile: resolved, and nothing is done twice', async () => {
    const { event } = await payment();
    await deliver(harness.webhook.origin, event);
    await seedFailure(harness.db, event);
    const before = await everyDocument(harness.db);
    const at = scheduledAt();
    await tickWell(job, at);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([
      'cron_leases/retry-webhooks',
      `cron_runs/retry-webhooks_${at}`,
      rowRef(harness.db, event).path,
    ]);
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', attempts: 2 });
  });

  it('end the record of an event that turns out not to be ours', async () => {
    const { event } = await payment();
    const foreign = { ...event, type: 'customer.created' };
    await seedFailure(harness.db, foreign);
    await tickWell(job, scheduledAt());
    expect(await rowOf(harness.db, foreign)).toMatchObject({ status: 'resolved' });
  });

  it('make a dead letter at once of what can not be used', async () => {
    const made = newPayment(await seedInvoice(harness.db));
    const event = says.session(made, 'completed', { payment_intent: null });
    await seedFailure(harness.db, event, { attempts: 2 });
    await tickWell(job, scheduledAt());
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      attempts: 3,
      nextRetryAt: null,
      lastError: { code: 'unusable_event' },
    });
  });

  it.each(['dead_letter', 'discarded', 'resolved'])(
    'leave a %s row alone, whatever its time',
    async (status) => {
      const { event } = await payment();
      await seedFailure(harness.db, event, { status });
      const before = await rowOf(harness.db, event);
      await tickWell(job, scheduledAt(100));
      expect(await rowOf(harness.db, event)).toEqual(before);
    },
  );

  it('reach all that are due in one run, page after page, the oldest first', async () => {
    const due = await Promise.all(Array.from({ length: 60 }, payment));
    for (const [n, { event }] of due.entries())
      await seedFailure(harness.db, event, { nextRetryAt: new Date(Date.now() - DAY_MS + n * 1_000) });
    const later = await payment();
    await seedFailure(harness.db, later.event, { nextRetryAt: new Date(Date.now() + DAY_MS) });

    const at = scheduledAt();
    await tickWell(job, at);
    expect(await runOf(harness.db, at)).toMatchObject({ outcome: 'finished', counts: { resolved: 60 } });
    expect(await leaseOf(harness.db)).toMatchObject({ owner: null });
    expect(await rowOf(harness.db, later.event)).toMatchObject({ status: 'pending_retry', attempts: 1 });

    const claims = await harness.db.getAll(
      ...due.map(({ event }) => harness.db.doc(`processed_events/stripe_${event.id}`)),
    );
    const applied = claims.map(({ createTime }) => createTime?.toMillis() ?? Infinity);
    // Five are tried at once, so the order is one of fives.
    const fives = Array.from({ length: 12 }, (_, n) => applied.slice(n * 5, n * 5 + 5));
    for (const [n, five] of fives.slice(1).entries())
      expect(Math.min(...five)).toBeGreaterThanOrEqual(Math.max(...(fives[n] ?? [])));
  });
});

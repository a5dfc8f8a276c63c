import { rowOf, rowRef, seedFailure } from '../../support/failedRows';
import { expireLease, scheduledAt, tickToDeath, tickWell } from '../../support/jobTick';
import { moneyOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPayment, says, type StripeEvent } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a retry whose runner is killed', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  async function payment() {
    const invoice = await seedInvoice(harness.db);
    return { event: says.intentPaid(newPayment(invoice)), invoiceId: invoice.invoiceId };
  }

  /** A runner that was killed: its lease on the row has run out. */
  const abandoned = (minutesAgo = 1) => ({
    status: 'retrying',
    leaseOwner: 'a-runner-that-is-gone',
    leaseUntil: new Date(Date.now() - minutesAgo * 60_000),
    nextRetryAt: new Date(Date.now() - minutesAgo * 60_000),
  });

  async function killAt(crashPoint: string): Promise<void> {
    const doomed = await harness.serve('retryWebhooks', { RECOUP_CRASH_AT: crashPoint });
    expect(await tickToDeath(doomed, scheduledAt())).toBe('SIGKILL');
    await expireLease(harness.db);
  }

  async function forget(event: StripeEvent): Promise<void> {
    await rowRef(harness.db, event).update(abandoned());
  }

  it('is tried again, but not before its lease has run out', async () => {
    const { event, invoiceId } = await payment();
    await seedFailure(harness.db, event);
    await killAt('retry.after-lease');
    const left = await rowOf(harness.db, event);
    expect(left).toMatchObject({ status: 'retrying', attempts: 2 });
    expect(left['nextRetryAt']).toEqual(left['leaseUntil']);

    // Far enough ahead that its time has come; but leases go by the real time.
    await tickWell(job, scheduledAt(10));
    expect(await rowOf(harness.db, event)).toEqual(left);

    await forget(event);
    await tickWell(job, scheduledAt());
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', attempts: 3 });
    expect(await moneyOf(harness.db, invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
  });

  it('after the event was applied needs nothing more', async () => {
    const { event, invoiceId } = await payment();
    await seedFailure(harness.db, event);
    await killAt('retry.after-apply');
    const left = await rowOf(harness.db, event);
    expect(left).toMatchObject({ status: 'resolved', attempts: 2 });
    await tickWell(job, scheduledAt(10));
    expect(await rowOf(harness.db, event)).toEqual(left);
    expect(await moneyOf(harness.db, invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
  });

  it('each time ends as a dead letter, for the attempt counts when it begins', async () => {
    const { event } = await payment();
    await seedFailure(harness.db, event, { attempts: 7 });
    await killAt('retry.after-lease');
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'retrying', attempts: 8 });
    await forget(event);
    await tickWell(job, scheduledAt());
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      attempts: 8,
      nextRetryAt: null,
      leaseUntil: null,
    });
    expect((await harness.db.doc(`processed_events/stripe_${event.id}`).get()).exists).toBe(false);
    expect(job.logTail(100)).toMatch(new RegExp(`"alert":"dead_letter".*${event.id}.*attempts_used_up`));
  });

  it('takes no attempts from others: they come first, and what may have killed it comes alone', async () => {
    const fresh = [await payment(), await payment()];
    const suspects = [await payment(), await payment(), await payment()];
    for (const { event } of fresh) await seedFailure(harness.db, event);
    // The suspects are older.
    for (const [n, { event }] of suspects.entries())
      await seedFailure(harness.db, event, { attempts: 4, ...abandoned(30 - n) });
    // The third event to be leased kills.
    await killAt('retry.after-lease#3');
    const states = async (events: typeof fresh) =>
      (await Promise.all(events.map(({ event }) => rowOf(harness.db, event)))).map((row) => [
        row['status'],
        row['attempts'],
      ]);
    expect(await states(fresh)).toEqual([
      ['resolved', 2],
      ['resolved', 2],
    ]);
    expect(await states(suspects)).toEqual([
      ['retrying', 5],
      ['retrying', 4],
      ['retrying', 4],
    ]);
    await tickWell(job, scheduledAt());
    expect(await states(suspects.slice(1))).toEqual([
      ['resolved', 5],
      ['resolved', 5],
    ]);
  });
});

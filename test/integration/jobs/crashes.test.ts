import { rowOf, seedFailure } from '../../support/failedRows';
import { expireLease, leaseOf, runOf, scheduledAt, tickToDeath, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument, moneyOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPayment, says } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type Harness, startHarness } from '../../support/webhookHarness';

interface Death {
  readonly crashPoint: string;
  /** Whether the lease was taken before it. */
  readonly leased: boolean;
  /** Whether the run had a record by then. */
  readonly started: boolean;
  /** Whether the run's work was done by then. */
  readonly worked: boolean;
}

describe('a job whose process is killed', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  it.each<Death>([
    { crashPoint: 'lease.before-acquire', leased: false, started: false, worked: false },
    { crashPoint: 'lease.after-acquire', leased: true, started: false, worked: false },
    { crashPoint: 'job.after-start', leased: true, started: true, worked: false },
    { crashPoint: 'job.before-finish', leased: true, started: true, worked: true },
    // The last write: the run is finished, the lease not yet given back.
    { crashPoint: 'lease.before-write#3', leased: true, started: true, worked: true },
  ])('at $crashPoint: a later tick takes over once the lease has run out', async (death) => {
    const { db } = harness;
    const invoice = await seedInvoice(db);
    const event = says.intentPaid(newPayment(invoice));
    await seedFailure(db, event);
    const token = Number((await leaseOf(db))?.['token'] ?? 0);
    const doomed = await harness.serve('retryWebhooks', { RECOUP_CRASH_AT: death.crashPoint });
    const [interrupted, meanwhile, later] = [scheduledAt(), scheduledAt(), scheduledAt()];
    expect(await tickToDeath(doomed, interrupted)).toBe('SIGKILL');
    expect((await runOf(db, interrupted)) !== undefined).toBe(death.started);
    expect((await rowOf(db, event))['status']).toBe(death.worked ? 'resolved' : 'pending_retry');

    if (death.leased) {
      const before = await everyDocument(db);
      await tickWell(job, meanwhile);
      expect(changedBetween(before, await everyDocument(db))).toEqual([]);
      expect(await leaseOf(db)).toMatchObject({ token: token + 1 });
      await expireLease(db);
    }

    await tickWell(job, later);
    const held = death.leased ? token + 2 : token + 1;
    const run = await runOf(db, later);
    expect(run).toMatchObject({ outcome: 'finished', token: held });
    expect(await leaseOf(db)).toMatchObject({ owner: null, token: held });
    const older = await runOf(db, interrupted);
    const finishedByTheDead = death.crashPoint === 'lease.before-write#3';
    expect(older?.['token']).toBe(death.started ? (finishedByTheDead ? token + 1 : held) : undefined);
    expect(older?.['outcome']).toBe(death.started ? 'finished' : undefined);
    // The older run first: its work was all there was, and the later one had none left.
    const resolved = (counts: unknown) => (counts as { resolved?: number } | undefined)?.resolved ?? 0;
    const counted = [resolved(older?.['counts']), resolved(run?.['counts'])];
    if (!death.started) expect(counted).toEqual([0, 1]);
    else if (death.crashPoint !== 'job.before-finish') expect(counted).toEqual([1, 0]);

    expect(await rowOf(db, event)).toMatchObject({ status: 'resolved', attempts: 2 });
    expect(await moneyOf(db, invoice.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
  });
});

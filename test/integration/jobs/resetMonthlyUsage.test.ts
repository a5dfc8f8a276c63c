import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { scheduledFor, tick, tickToDeath } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { newId } from '../../support/stripeEvents';

const JOB = 'reset-monthly-usage';

describe('the end of a month', () => {
  let harness: MessageHarness;
  let db: Firestore;
  let job: ServedFunction;
  beforeEach(async () => {
    harness = await startMessageHarness({}, { target: 'resetMonthlyUsage' });
    ({ db, webhook: job } = harness);
  });
  afterEach(() => harness.stop());

  const at = async (instant: string): Promise<void> => {
    harness.travel(instant);
    await harness.run(job);
  };

  /** @returns where it is */
  async function seedUsage(month: string, used = 3, fields: DocumentData = {}): Promise<string> {
    const freelancerId = newId('user');
    const path = `usage/${freelancerId}_${month}`;
    await db.doc(path).set({
      freelancerId,
      month,
      counters: { chasedInvoices: used },
      limits: { chasedInvoices: 10 },
      ...fields,
    });
    return path;
  }

  const read = async (path: string): Promise<DocumentData | undefined> => (await db.doc(path).get()).data();

  const closed = async (): Promise<string[]> => {
    const rows = await db.collection('usage').get();
    return rows.docs
      .filter((row) => row.get('closedAt') != null)
      .map(({ ref }) => ref.path)
      .sort();
  };

  it('closes what is over in London, once, and leaves counters and the new month alone', async () => {
    // Summer time: July begins an hour before it does by UTC.
    const [june, july] = [await seedUsage('2026-06', 7), await seedUsage('2026-07')];
    await at('2026-06-30T22:59:59Z');
    expect(await closed()).toEqual([]);
    await at('2026-06-30T23:00:00Z');
    expect(await closed()).toEqual([june]);
    const after = await read(june);
    expect(after).toMatchObject({
      counters: { chasedInvoices: 7 },
      limits: { chasedInvoices: 10 },
      summary: { counters: { chasedInvoices: 7 }, limits: { chasedInvoices: 10 } },
    });
    await at('2026-07-02T00:00:00Z');
    expect(await read(june)).toEqual(after);
    await at('2026-08-01T00:00:00Z');
    expect(await closed()).toEqual([june, july].sort());
  });

  it('closes the months that an outage left out, and what was counted in the last second', async () => {
    await at('2026-02-01T00:00:00Z');
    const late = await seedUsage('2026-01');
    const months = await Promise.all(
      ['2026-02', '2026-03', '2026-04', '2026-05'].map((month) => seedUsage(month)),
    );
    await at('2026-05-01T00:00:00Z');
    expect(await closed()).toEqual([late, ...months.slice(0, 3)].sort());
  });

  it('is held up by no corrupt record, and writes nothing when there is nothing to close', async () => {
    await seedUsage('2026-10', 1, { counters: 'many' });
    const fine = await seedUsage('2026-10');
    await at('2026-11-01T00:00:00Z');
    expect(await closed()).toEqual([fine]);
    expect(job.logTail(100)).toContain('"alert":"job_item_left"');
    const before = await everyDocument(db);
    await at('2026-11-02T00:00:00Z');
    const changed = changedBetween(before, await everyDocument(db));
    expect(changed.filter((path) => path.startsWith('usage/'))).toEqual([]);
  });

  it('closes all once, killed half-way, then two runners at once', async () => {
    const paths = await Promise.all(Array.from({ length: 130 }, () => seedUsage('2026-10')));
    harness.travel('2026-11-01T00:00:00Z');
    const [first, second] = ['2026-11-01T00:00:00Z', '2026-11-01T00:00:05Z'].map((time) =>
      scheduledFor(new Date(time)),
    ) as [string, string];
    const doomed = await harness.serve('resetMonthlyUsage', { RECOUP_CRASH_AT: 'usage.after-commit#50' });
    expect(await tickToDeath(doomed, first)).toBe('SIGKILL');
    expect((await closed()).length).toBeLessThan(130);
    await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
    const other = await harness.serve('resetMonthlyUsage');
    expect(await Promise.all([tick(job, second), tick(other, second)])).toEqual([200, 200]);
    expect(await closed()).toEqual(paths.sort());
    expect((await db.doc(`cron_runs/${JOB}_${first}`).get()).get('outcome')).toBe('finished');
  });
});

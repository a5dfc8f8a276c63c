import { randomUUID } from 'node:crypto';
import { type Firestore } from 'firebase-admin/firestore';
import { systemClock } from '../../../functions/src/platform/clock';
import { TransientFailure } from '../../../functions/src/platform/errors';
import { systemRandom } from '../../../functions/src/platform/random';
import { type Deps } from '../../../functions/src/usecases/deps';
import { type JobRun, runLeasedJob } from '../../../functions/src/usecases/runLeasedJob';
import { openFunctionsFirestore } from '../../support/functionsFirestore';

// What the classes log in this process is not looked at here, and would only drown the report.
jest.mock('../../../functions/src/platform/log', () => ({
  log: new Proxy({}, { get: () => () => undefined }),
}));

const TERMS = { ttlMs: 600_000, heartbeatMs: 60_000 };

/** What no deployed job does on demand: fail, run out of time, lose its lease between two cursors. */
describe('a run of a job', () => {
  const projectId = `demo-t-${randomUUID().slice(0, 8)}`;
  let db: Firestore;
  let close: () => Promise<void>;
  let deps: Pick<Deps, 'db' | 'clock' | 'random'>;
  beforeAll(() => {
    ({ db, close } = openFunctionsFirestore(projectId));
    deps = { db, clock: systemClock, random: systemRandom };
  });
  afterAll(() => close());

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const at = (minute: number): string => `2026-11-01T09:0${minute}:00Z`;
  const run = (
    jobName: string,
    scheduleTime: string,
    work: (run: JobRun) => Promise<'finished' | 'continues'>,
  ) => runLeasedJob(deps, { jobName, terms: TERMS, budgetMs: 60_000 }, scheduleTime, work);
  const runOf = async (jobName: string, scheduleTime: string) =>
    (await db.doc(`cron_runs/${jobName}_${scheduleTime}`).get()).data();
  const leaseOf = async (jobName: string) => (await db.doc(`cron_leases/${jobName}`).get()).data();

  it('that fails says why, and gives the lease back for the scheduler to try again at once', async () => {
    const failing = run('fails', at(1), ({ counts }) => {
      counts['done'] = 2;
      return Promise.reject(new TransientFailure('provider_away', 'The provider is away.'));
    });
    await expect(failing).rejects.toThrow('The provider is away.');
    expect(await runOf('fails', at(1))).toMatchObject({
      outcome: 'failed',
      error: 'provider_away',
      finishedAt: null,
      counts: { done: 2 },
    });
    expect(await leaseOf('fails')).toMatchObject({ owner: null, token: 1 });

    // The same tick again: the same run, which goes on.
    await run('fails', at(1), () => Promise.resolve('finished'));
    expect(await runOf('fails', at(1))).toMatchObject({ outcome: 'finished', error: null, token: 2 });
  });

  it('that fails is finished by the next tick, before its own', async () => {
    await run('older', at(1), () => Promise.reject(new Error('a bug'))).catch(() => undefined);
    expect(await runOf('older', at(1))).toMatchObject({ outcome: 'failed', error: 'unexpected' });
    const begun: (string | null)[] = [];
    await run('older', at(2), async ({ cursor, saveCursor }) => {
      begun.push(cursor);
      await saveCursor(`after-${begun.length}`);
      return 'finished';
    });
    expect(begun).toEqual([null, null]);
    expect([await runOf('older', at(1)), await runOf('older', at(2))]).toMatchObject([
      { outcome: 'finished', cursor: 'after-1', token: 2 },
      { outcome: 'finished', cursor: 'after-2', token: 2 },
    ]);
  });

  it('that has no time left goes on where it stopped, and counts on', async () => {
    const cursors: (string | null)[] = [];
    const work = async ({ cursor, counts, saveCursor }: JobRun): Promise<'finished' | 'continues'> => {
      cursors.push(cursor);
      counts['pages'] = (counts['pages'] ?? 0) + 1;
      await saveCursor(`page-${counts['pages']}`);
      return counts['pages'] < 3 ? 'continues' : 'finished';
    };
    for (let n = 0; n < 3; n += 1) await run('long', at(1), work);
    expect(cursors).toEqual([null, 'page-1', 'page-2']);
    expect(await runOf('long', at(1))).toMatchObject({ outcome: 'finished', counts: { pages: 3 }, token: 3 });
    await run('long', at(1), () => Promise.reject(new Error('a finished run was started again')));
  });

  it('that another delivery of its tick finished meanwhile is not done again', async () => {
    const second = openFunctionsFirestore(projectId);
    const getAll = second.db.getAll.bind(second.db);
    const done: string[] = [];
    const worker = (name: string) => () => {
      done.push(name);
      return Promise.resolve('finished' as const);
    };
    let reads = 0;
    jest.spyOn(second.db, 'getAll').mockImplementation(async (...refs) => {
      reads += 1;
      // It has seen that the run is not finished, and is about to ask for the lease.
      if (reads === 2) await run('twice', at(1), worker('first'));
      return getAll(...refs);
    });
    const spec = { jobName: 'twice', terms: TERMS, budgetMs: 60_000 };
    await runLeasedJob({ ...deps, db: second.db }, spec, at(1), worker('second'));
    expect(done).toEqual(['first']);
    expect(await runOf('twice', at(1))).toMatchObject({ outcome: 'finished', token: 1 });
    expect(await leaseOf('twice')).toMatchObject({ owner: null, token: 2 });
    await second.close();
  });

  it('that loses its lease half-way saves no cursor, no count and no end', async () => {
    const lease = db.doc('cron_leases/stolen');
    const losing = run('stolen', at(1), async ({ counts, saveCursor }) => {
      await saveCursor('mine');
      await lease.update({ owner: 'another-runner', token: 7 });
      counts['done'] = 1_000;
      await saveCursor('not mine any more');
      return 'finished';
    });
    await expect(losing).rejects.toThrow('The lease of stolen is lost.');
    expect(await runOf('stolen', at(1))).toMatchObject({
      cursor: 'mine',
      counts: {},
      outcome: 'running',
      finishedAt: null,
      token: 1,
    });
    expect(await leaseOf('stolen')).toMatchObject({ owner: 'another-runner', token: 7 });
  });

  it('is told when its lease is lost', async () => {
    const losing = run('told', at(1), async ({ signal, saveCursor }) => {
      await db.doc('cron_leases/told').update({ owner: 'another-runner', token: 7 });
      await saveCursor('x').catch(() => undefined);
      expect(signal.aborted).toBe(true);
      return 'continues';
    });
    await expect(losing).rejects.toThrow('The lease of told is lost.');
  });
});

import { type DocumentData } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { scheduledFor, tickToDeath, tickWell } from './jobTick';
import { type MessageHarness, startMessageHarness } from './messageHarness';
import { type ChaseFields, seedChase, type SeededChase } from './seedChase';

const JOB = 'process-escalations';

/** Schedule times lie before any time that a test travels to: a later one would be the job's present. */
const FIRST_TICK = Date.parse('2026-01-01T00:00:00Z');

/** The deployed job of the chase with its queue, and what tests ask of them all the time. */
export interface EscalationWorld {
  readonly harness: MessageHarness;
  readonly job: ServedFunction;
  readonly worker: ServedFunction;
  /** An invoice that was due on that day and whose chase has not begun; it is looked at from now on. */
  seedDue(dueDate: string, fields?: ChaseFields): Promise<SeededChase>;
  /** The schedule time of a tick that was not before. */
  newTick(): string;
  /** Has the job run and its pages worked off. @returns the run's record, with what its pages counted */
  run(job?: ServedFunction, tick?: string): Promise<DocumentData>;
  /** Ticks a process that is to be killed half-way. */
  die(doomed: ServedFunction, tick: string): Promise<string | null>;
  /** Works off what is in the queue of pages. */
  workOff(): Promise<void>;
  /** The run of a tick, with what its pages counted. */
  runOf(tick: string): Promise<DocumentData>;
  /** Makes a lease that a dead process holds run out. */
  expireLease(): Promise<void>;
  read(path: string): Promise<DocumentData>;
  /** Ids of a collection's documents about this invoice. */
  idsOf(collection: string, invoiceId: string): Promise<string[]>;
}

/** @param env for every process of the world */
export async function startEscalationWorld(env: Record<string, string> = {}): Promise<EscalationWorld> {
  const harness = await startMessageHarness(env, { target: 'processEscalations' });
  const job = harness.webhook;
  const worker = await harness.serve('escalatePage');
  const { db } = harness;
  let ticks = 0;
  const newTick = (): string => {
    ticks += 1;
    return scheduledFor(new Date(FIRST_TICK + ticks * 1_000));
  };
  const read = async (path: string): Promise<DocumentData> => (await db.doc(path).get()).data() ?? {};
  const workOff = async (): Promise<void> => {
    for (let tasks = harness.tasks.take(); tasks.length > 0; tasks = harness.tasks.take()) {
      for (const { data } of tasks) {
        const status = await harness.dispatchData(worker, data);
        if (status >= 300) throw new Error(`a page got ${status}\n${worker.logTail(10)}`);
      }
    }
  };
  const runOf = async (tick: string): Promise<DocumentData> => {
    const run = db.doc(`cron_runs/${JOB}_${tick}`);
    const [own, pages] = [await read(run.path), await run.collection('pages').get()];
    const total: Record<string, number> = {};
    for (const counts of [own['counts'] ?? {}, ...pages.docs.map((page): unknown => page.get('counts'))]) {
      for (const [what, n] of Object.entries(counts as Record<string, number>)) {
        total[what] = (total[what] ?? 0) + n;
      }
    }
    return { ...own, total, pages: pages.size };
  };
  return {
    harness,
    job,
    worker,
    newTick,
    read,
    workOff,
    runOf,
    die: tickToDeath,
    seedDue: (dueDate, { invoice = {}, chase = {}, ...others } = {}) =>
      seedChase(db, {
        invoice: {
          dueDate,
          status: 'overdue',
          escalationLevel: 'pending',
          nextActionAt: harness.now(),
          ...invoice,
        },
        chase: { currentLevel: 'pending', sentLevels: [], lastEscalatedAt: null, ...chase },
        ...others,
      }),
    run: async (served = job, tick = newTick()) => {
      await tickWell(served, tick);
      await workOff();
      return runOf(tick);
    },
    expireLease: async () => {
      await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
    },
    idsOf: async (collection, invoiceId) => {
      const found = await db.collection(collection).where('invoiceId', '==', invoiceId).get();
      return found.docs.map(({ id }) => id).sort();
    },
  };
}

import { type CronRun, cronRunId, cronRunSchema } from '../domain/cronRun';
import { retentionMs } from '../domain/privacy/expiry';
import { crashPoint } from '../platform/crashPoint';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { isLocalStack } from '../platform/runtime';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type FencedWrite, Lease, type LeaseTerms } from '../store/lease';
import { prepareContactSetting } from './contact/contactSetting';
import { type Deps } from './deps';

/** A scheduled job: its name, its lease, and how long one invocation may work. */
export interface JobSpec {
  readonly jobName: string;
  readonly terms: LeaseTerms;
  /** Milliseconds after which a run stops cleanly and leaves the rest to the next tick. */
  readonly budgetMs: number;
}

export type Counts = Record<string, number>;

/** What a job's work gets. */
export interface JobRun {
  readonly runId: string;
  /** The lease's, which rises with each holder. */
  readonly token: number;
  /** The job's present. */
  readonly now: Date;
  /** Where an earlier invocation of this run stopped; null at the start. */
  readonly cursor: string | null;
  readonly counts: Counts;
  /** Aborted when the lease is lost: stop, somebody else may be at work. */
  readonly signal: AbortSignal;
  /** True when the time budget is used up. */
  readonly outOfTime: () => boolean;
  /** Stores progress under the lease. */
  readonly saveCursor: (cursor: string | null) => Promise<void>;
}

/** Whether the work is finished, or goes on at the stored cursor with the next tick. */
export type JobOutcome = 'finished' | 'continues';

type RunnerDeps = Pick<Deps, 'db' | 'clock' | 'random'>;

/** Runs that were left unfinished are finished first, but not more than these in one invocation. */
const MOST_OLD_RUNS = 20;

/** Finished runs, and what their pages counted, stay this long. */
export const RUN_RETENTION_MS = retentionMs('cronRuns');

/**
 * Runs one tick of a scheduled job under its lease. A run that is finished does nothing again; one that is not goes on
 * from its cursor; older unfinished runs of the job come first. A tick whose lease is held succeeds and says so.
 *
 * @throws when the lease store can not be reached, or the work fails: the run stays unfinished
 */
export async function runLeasedJob(
  deps: RunnerDeps,
  spec: JobSpec,
  scheduleTime: string,
  work: (run: JobRun) => Promise<JobOutcome>,
): Promise<void> {
  const { jobName } = spec;
  const runId = cronRunId(jobName, scheduleTime);
  const ref = collections.cronRun(deps.db, runId);
  let lease: Lease | null;
  try {
    if (decode(cronRunSchema, await ref.get())?.finishedAt != null) {
      log.jobSkipped({ jobName, runId, reason: 'already finished' });
      return;
    }
    lease = await Lease.acquire(deps, jobName, spec.terms);
  } catch (error) {
    log.leaseStoreDown({ jobName, cause: error });
    throw error;
  }
  if (lease === null) {
    log.jobSkipped({ jobName, runId, reason: 'already running' });
    return;
  }
  try {
    const deadline = deps.clock.now().getTime() + spec.budgetMs;
    for (const old of await unfinishedRuns(deps, jobName)) {
      if (old.scheduleTime !== scheduleTime) await runOne(deps, lease, old.scheduleTime, old, deadline, work);
    }
    // Read under the lease: the same tick delivered twice finds here what the first delivery did.
    const current = decode(cronRunSchema, await ref.get());
    if (current?.finishedAt == null) await runOne(deps, lease, scheduleTime, current, deadline, work);
    await lease.release();
  } catch (error) {
    lease.abandon();
    log.jobFailed({ jobName, runId, cause: error });
    throw error;
  }
}

async function unfinishedRuns(deps: RunnerDeps, jobName: string): Promise<CronRun[]> {
  const found = await collections.unfinishedRuns(deps.db, jobName).limit(MOST_OLD_RUNS).get();
  return found.docs.flatMap((doc) => {
    try {
      return decode(cronRunSchema, doc);
    } catch (error) {
      // A run whose record does not fit can not go on, and must not keep the job from running for ever.
      log.jobFailed({ jobName, runId: doc.id, cause: error });
      return [];
    }
  });
}

async function runOne(
  deps: RunnerDeps,
  lease: Lease,
  scheduleTime: string,
  earlier: CronRun | null,
  deadline: number,
  work: (run: JobRun) => Promise<JobOutcome>,
): Promise<void> {
  const { jobName, token } = lease;
  const runId = cronRunId(jobName, scheduleTime);
  const ref = collections.cronRun(deps.db, runId);
  await prepareContactSetting(deps);
  const began = deps.clock.now();
  const counts: Counts = { ...earlier?.counts };
  const record = (data: FencedWrite['data']): Promise<void> => lease.write([{ ref, data }]);

  const startedAt = earlier?.startedAt ?? began;
  await record({
    jobName,
    scheduleTime,
    token,
    startedAt,
    finishedAt: null,
    outcome: 'running',
    counts,
    error: null,
  });
  crashPoint('job.after-start');
  const outcome = await work({
    runId,
    token,
    now: jobTime(began, scheduleTime),
    cursor: earlier?.cursor ?? null,
    counts,
    signal: lease.signal,
    outOfTime: () => deps.clock.now().getTime() >= deadline,
    saveCursor: async (cursor) => {
      await record({ cursor, counts });
      await prepareContactSetting(deps);
    },
  }).catch(async (error: unknown) => {
    // Given back at once: a held lease would answer the next tick with success.
    const data = { counts, outcome: 'failed', error: asRecoupError(error).code };
    await lease.release([{ ref, data }]).catch(() => undefined);
    throw error;
  });
  const ended = deps.clock.now();
  crashPoint('job.before-finish');
  await record({
    counts,
    outcome,
    finishedAt: outcome === 'finished' ? ended : null,
    ...(outcome === 'finished' ? { expiresAt: new Date(ended.getTime() + RUN_RETENTION_MS) } : {}),
  });
  const durationMs = ended.getTime() - began.getTime();
  log.jobFinished({ jobName, runId, token, outcome, counts, durationMs });
}

/**
 * The job's present: the clock's, except on the local stack, where a tick of the future (`npm run job -- … --at`)
 * makes it later, so that waiting times need not be waited for. Leases go by Firestore's clock everywhere.
 */
function jobTime(now: Date, scheduleTime: string): Date {
  const scheduled = new Date(scheduleTime);
  return isLocalStack() && scheduled > now ? scheduled : now;
}

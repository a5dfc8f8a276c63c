import { type DocumentData } from 'firebase-admin/firestore';
import { type Deed, type JobName, JOBS } from '../instance/deed';
import { type Act } from '../stories/story';
import { type House } from './house';
import { type Stage } from './stage';

/** More rounds than any story needs: one that has not come to rest by then never does. */
const MOST_ROUNDS = 60;
/** After so many rounds time goes by faster. */
const PATIENT_ROUNDS = 8;
const LONG_STEP_MS = 5 * 60 * 60 * 1000;
/** How far ahead something may still be due and not count as quiet. */
const HORIZON_MS = 35 * 24 * 60 * 60 * 1000;

const jobByLease = new Map(Object.entries(JOBS).map(([job, name]) => [name as string, job as JobName]));

/**
 * Lets time go by without faults until all is still: what nobody took in is delivered again, queues are emptied, jobs
 * run when there is something for them, and the clock moves on to whatever is due next.
 *
 * @param unanswered deeds that nobody was answered about
 * @returns what does not come to rest
 */
export async function settle(
  house: House,
  stage: Stage,
  act: Act,
  unanswered: Deed[],
  lostTrigger: boolean,
): Promise<string[]> {
  const triggered = new Set<string>();
  let open = unanswered.filter((deed) => !(deed.do === 'deliver' && deed.once === true));
  const toFind = unanswered.length > open.length;
  let found = !toFind;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const again: Deed[] = [];
    for (const deed of open) {
      const outcome = await stage.once(deed.do === 'task' ? { ...deed, retries: 1 } : deed, 0);
      if (outcome === 'again' || outcome === 'lost') again.push(deed);
    }
    open = again;
    const documents = await house.documents();
    const deeds = [
      ...house.tasks
        .take()
        .map((task): Deed => ({ do: 'task', queue: queueOf(task.queue), data: task.data })),
      ...triggersFor(documents, triggered, lostTrigger),
      ...jobsFor(documents, house.now(), act.chaseUntil),
      ...(found ? [] : [{ do: 'tick', job: 'reconcileMessages' } as const]),
    ];
    found = true;
    for (const deed of deeds) {
      const outcome = await stage.once(deed, 0);
      // The scheduler comes by again; a queue and a trigger are asked again.
      if (outcome === 'again' && deed.do !== 'tick') open.push(deed);
    }
    if (deeds.length > 0 || open.length > 0) {
      house.later(1_000);
      continue;
    }
    const next = nextMoment(documents, house.now(), act.chaseUntil);
    if (next === null) return [];
    // What is looked up every quarter of an hour for a day need not be waited for each time.
    const atLeast = round < PATIENT_ROUNDS ? 0 : LONG_STEP_MS;
    house.travel(new Date(Math.max(next.getTime() + 1_000, house.now().getTime() + atLeast)));
  }
  const documents = await house.documents();
  const waiting = jobsFor(documents, house.now(), act.chaseUntil);
  return [
    ...open.map((deed) => `never answered: ${JSON.stringify(deed).slice(0, 200)}`),
    ...waiting.map((deed) => `never at rest: ${deed.do === 'tick' ? deed.job : deed.do}`),
    `not still after ${MOST_ROUNDS} rounds`,
  ];
}

function queueOf(name: string): 'sendSms' | 'sendEmail' | 'escalatePage' {
  if (name === 'sendSms' || name === 'sendEmail' || name === 'escalatePage') return name;
  throw new Error(`there is no queue ${name}`);
}

type Documents = ReadonlyMap<string, DocumentData>;

function inCollection(documents: Documents, collection: string): [string, DocumentData][] {
  return [...documents].filter(([path]) => path.startsWith(`${collection}/`) && path.split('/').length === 2);
}

function triggersFor(documents: Documents, triggered: Set<string>, lost: boolean): Deed[] {
  const made: Deed[] = [];
  const once = (path: string, deed: Deed): void => {
    if (triggered.has(path)) return;
    triggered.add(path);
    made.push(deed);
  };
  for (const [path, row] of inCollection(documents, 'outbox')) {
    if (row['status'] === 'pending' && !lost)
      once(path, { do: 'created', trigger: 'onOutboxCreated', id: path.slice('outbox/'.length) });
  }
  for (const [path, row] of inCollection(documents, 'checkout_expiries')) {
    if (row['status'] === 'pending')
      once(path, {
        do: 'created',
        trigger: 'onCheckoutExpiryCreated',
        id: path.slice('checkout_expiries/'.length),
      });
  }
  return made;
}

const by = (at: unknown, now: Date): boolean => at instanceof Date && at <= now;

/** The jobs that have something to do now. */
function jobsFor(documents: Documents, now: Date, chaseUntil: Date | undefined): Deed[] {
  const jobs = new Set<JobName>();
  for (const [, row] of inCollection(documents, 'failed_webhooks')) {
    const isOpen = row['status'] === 'pending_retry' || row['status'] === 'retrying';
    if (isOpen && by(row['nextRetryAt'], now)) jobs.add('retryWebhooks');
  }
  for (const [, row] of inCollection(documents, 'outbox')) {
    if (row['status'] === 'pending' && by(row['dueAt'], now)) jobs.add('dispatchOutbox');
    if (row['status'] === 'sending' && by(row['leaseUntil'], now)) jobs.add('reconcileMessages');
    if (row['status'] === 'unknown' && by(row['dueAt'], now)) jobs.add('reconcileMessages');
  }
  for (const [path, row] of inCollection(documents, 'cron_leases')) {
    const job = jobByLease.get(path.slice('cron_leases/'.length));
    if (job !== undefined && row['owner'] !== null && by(row['expiresAt'], now)) jobs.add(job);
  }
  for (const [, row] of inCollection(documents, 'cron_runs')) {
    const job = jobByLease.get(String(row['jobName']));
    const lease = documents.get(`cron_leases/${String(row['jobName'])}`);
    if (job !== undefined && row['finishedAt'] === null && lease?.['owner'] === null) jobs.add(job);
  }
  if (closings(documents).some((at) => by(at, now))) jobs.add('closeAccounts');
  if (chaseUntil !== undefined) {
    for (const [, row] of inCollection(documents, 'invoices')) {
      if (by(row['nextActionAt'], now) && by(row['nextActionAt'], chaseUntil)) jobs.add('processEscalations');
    }
  }
  // While somebody holds the lease a tick does nothing, and says so.
  const isFree = (job: JobName): boolean => {
    const lease = documents.get(`cron_leases/${JOBS[job]}`);
    return lease?.['owner'] == null || by(lease['expiresAt'], now);
  };
  return [...jobs].filter(isFree).map((job) => ({ do: 'tick', job }));
}

/** When accounts are to be closed or erased; not those whose debtors are still being told. */
function closings(documents: Documents): unknown[] {
  const unsent = new Set(
    inCollection(documents, 'outbox').flatMap(([, row]) =>
      ['pending', 'sending', 'unknown'].includes(String(row['status']))
        ? [row['freelancerId'] as unknown]
        : [],
    ),
  );
  return inCollection(documents, 'users').flatMap(([path, row]) => {
    const closing = (row['closing'] ?? {}) as DocumentData;
    const isTelling = closing['tellingSince'] != null && unsent.has(path.slice('users/'.length));
    return isTelling ? [] : [closing['closesAt'] as unknown, closing['erasesAt'] as unknown];
  });
}

/** When something is due next; null when nothing ever is. */
function nextMoment(documents: Documents, now: Date, chaseUntil: Date | undefined): Date | null {
  const moments: unknown[] = [];
  for (const [, row] of inCollection(documents, 'failed_webhooks'))
    if (row['status'] === 'pending_retry' || row['status'] === 'retrying') moments.push(row['nextRetryAt']);
  for (const [, row] of inCollection(documents, 'outbox')) {
    if (row['status'] === 'pending' || row['status'] === 'unknown') moments.push(row['dueAt']);
    if (row['status'] === 'sending') moments.push(row['leaseUntil']);
  }
  for (const [, row] of inCollection(documents, 'cron_leases'))
    if (row['owner'] !== null) moments.push(row['expiresAt']);
  moments.push(...closings(documents));
  if (chaseUntil !== undefined) {
    for (const [, row] of inCollection(documents, 'invoices'))
      if (by(row['nextActionAt'], chaseUntil)) moments.push(row['nextActionAt']);
  }
  const ahead = moments.filter(
    (at): at is Date => at instanceof Date && at.getTime() < now.getTime() + HORIZON_MS,
  );
  if (ahead.length === 0) return null;
  return new Date(Math.max(now.getTime(), Math.min(...ahead.map((at) => at.getTime()))));
}

import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../local/stack/serveFunction';

export const JOB = 'retry-webhooks';

let ticks = 0;

/**
 * A schedule time in the scheduler's own form, about `minutes` from now. Each call gives another one, for a schedule
 * time names its run.
 */
export function scheduledAt(minutes = 0): string {
  ticks += 1;
  return scheduledFor(new Date(Date.now() + minutes * 60_000 + ticks * 1_000));
}

/** An instant in the scheduler's own form: whole seconds, the next one. */
export function scheduledFor(at: Date): string {
  return new Date(Math.ceil(at.getTime() / 1_000) * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Ticks a scheduled function as Cloud Scheduler does. @returns the HTTP status */
export async function tick(served: ServedFunction, scheduleTime: string): Promise<number> {
  const headers = { 'X-CloudScheduler-JobName': JOB, 'X-CloudScheduler-ScheduleTime': scheduleTime };
  const response = await fetch(served.origin, { method: 'POST', headers });
  await response.text();
  return response.status;
}

/** Ticks and fails unless the tick succeeds. */
export async function tickWell(served: ServedFunction, scheduleTime: string): Promise<void> {
  const status = await tick(served, scheduleTime);
  if (status >= 300) throw new Error(`the tick of ${scheduleTime} got ${status}\n${served.logTail(10)}`);
}

/** Ticks a process that is to be killed half-way. @returns the signal that ended it */
export async function tickToDeath(served: ServedFunction, scheduleTime: string): Promise<string | null> {
  const answer = await tick(served, scheduleTime).catch(() => null);
  if (answer !== null)
    throw new Error(`the process was to die, but answered ${answer}\n${served.logTail(10)}`);
  return (await served.exited).signal;
}

export async function leaseOf(db: Firestore): Promise<DocumentData | undefined> {
  return (await db.doc(`cron_leases/${JOB}`).get()).data();
}

export async function runOf(db: Firestore, scheduleTime: string): Promise<DocumentData | undefined> {
  return (await db.doc(`cron_runs/${JOB}_${scheduleTime}`).get()).data();
}

/** Makes a lease that somebody holds run out, instead of waiting for it. */
export async function expireLease(db: Firestore): Promise<void> {
  await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
}

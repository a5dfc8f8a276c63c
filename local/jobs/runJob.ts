import { Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { connectFirestore } from '../stack/connectFirestore';
import { PROJECT, REGION } from '../stack/firebaseCli';
import { StartError } from '../stack/startError';
import { describeEscalations } from './describeEscalations';

export interface JobTick {
  functionsOrigin: string;
  /** Where the run's record is read back; undefined: it is not. */
  firestoreHost: string | undefined;
  name: string;
  functionName: string;
  /** Cloud Scheduler's own form: 2026-12-01T09:00:00Z. */
  scheduleTime: string;
}

const runRecord = z.object({
  startedAt: z.instanceof(Timestamp).nullish(),
  finishedAt: z.instanceof(Timestamp).nullish(),
  outcome: z.string().nullish(),
  counts: z.record(z.string(), z.number()).nullish(),
});

/**
 * Posts one tick as Cloud Scheduler does and prints what came of it. Gives the exit code.
 * @throws StartError when nothing answers there.
 */
export async function runJob(tick: JobTick): Promise<number> {
  const status = await post(tick);
  const runId = `${tick.name}_${tick.scheduleTime}`;
  const succeeded = status >= 200 && status < 300;
  console.log(`${succeeded ? '✓' : '✗'} ${tick.name} at ${tick.scheduleTime}: HTTP ${status}`);
  if (tick.firestoreHost !== undefined) {
    console.log(await describeRun(tick.firestoreHost, runId));
    if (tick.name === 'process-escalations')
      console.log(await describeEscalations(connectFirestore(tick.firestoreHost), runId));
  }
  return succeeded ? 0 : 1;
}

async function post({ functionsOrigin, functionName, name, scheduleTime }: JobTick): Promise<number> {
  // The emulator gives a scheduled function's HTTP trigger this name.
  const url = `${functionsOrigin}/${PROJECT}/${REGION}/${functionName}-0`;
  const headers = { 'X-CloudScheduler-JobName': name, 'X-CloudScheduler-ScheduleTime': scheduleTime };
  const response = await fetch(url, { method: 'POST', headers }).catch(() => {
    throw new StartError(`Nothing answers at ${functionsOrigin}: is the local stack still running?`);
  });
  const text = await response.text();
  if (response.status === 404) throw new StartError(`The running stack has no function ${functionName}.`);
  if (text !== '') console.log(text);
  return response.status;
}

async function describeRun(firestoreHost: string, runId: string): Promise<string> {
  const snapshot = await connectFirestore(firestoreHost).doc(`cron_runs/${runId}`).get();
  if (!snapshot.exists)
    return `  no record cron_runs/${runId}: the tick found its lease held, or failed before it began`;
  const run = runRecord.parse(snapshot.data());
  const counts = Object.entries(run.counts ?? {}).map(([key, value]) => `${key} ${value}`);
  const state = run.finishedAt == null ? 'not finished' : `finished (${run.outcome ?? 'no outcome'})`;
  return `  cron_runs/${runId}: ${state}; ${counts.join(', ') || 'nothing to count'}`;
}

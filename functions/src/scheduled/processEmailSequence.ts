import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { processEmailSequence } from '../usecases/courtesy/processEmailSequence';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `process-email-sequence`, every hour. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'process-email-sequence',
  terms: { ttlMs: 300_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleProcessEmailSequence(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => processEmailSequence(built, run));
}

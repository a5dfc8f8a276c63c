import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { processEscalations } from '../usecases/escalation/processEscalations';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `process-escalations`, every 6 hours. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'process-escalations',
  terms: { ttlMs: 360_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleProcessEscalations(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => processEscalations(built, run));
}

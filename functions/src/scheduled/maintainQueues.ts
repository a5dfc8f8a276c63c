import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { maintainQueues } from '../usecases/queues/maintainQueues';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `maintain-queues`, every hour. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'maintain-queues',
  terms: { ttlMs: 300_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleMaintainQueues(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => maintainQueues(built, run));
}

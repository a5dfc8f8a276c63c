import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { reconcileMessages } from '../usecases/messages/reconcileMessages';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `reconcile-messages`, every 15 minutes. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'reconcile-messages',
  terms: { ttlMs: 300_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleReconcileMessages(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => reconcileMessages(built, run));
}

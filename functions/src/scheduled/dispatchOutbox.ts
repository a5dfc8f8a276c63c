import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { dispatchMessages } from '../usecases/messages/dispatchMessages';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `dispatch-outbox`, every minute. The budget leaves room before the function's own time-out of 300 s. */
const spec = {
  jobName: 'dispatch-outbox',
  terms: { ttlMs: 120_000, heartbeatMs: 30_000 },
  budgetMs: 240_000,
};

export async function handleDispatchOutbox(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => dispatchMessages(built, run));
}

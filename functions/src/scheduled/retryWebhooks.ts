import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { retryWebhooks } from '../usecases/retryWebhooks';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `retry-webhooks`, every minute. The budget leaves room before the function's own time-out of 300 s. */
const spec = {
  jobName: 'retry-webhooks',
  terms: { ttlMs: 120_000, heartbeatMs: 30_000 },
  budgetMs: 240_000,
};

export async function handleRetryWebhooks(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => retryWebhooks(built, run));
}

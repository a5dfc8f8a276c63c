import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { resetMonthlyUsage } from '../usecases/usage/resetMonthlyUsage';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `reset-monthly-usage`, at the beginning of each month. The budget leaves room before the function's own time-out of 1800 s. */
const spec = {
  jobName: 'reset-monthly-usage',
  terms: { ttlMs: 600_000, heartbeatMs: 60_000 },
  budgetMs: 1_680_000,
};

export async function handleResetMonthlyUsage(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => resetMonthlyUsage(built, run));
}

import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { checkVerificationDeadlines } from '../usecases/claims/checkVerificationDeadlines';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `check-verification-deadlines`, every hour. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'check-verification-deadlines',
  terms: { ttlMs: 300_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleCheckVerificationDeadlines(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => checkVerificationDeadlines(built, run));
}

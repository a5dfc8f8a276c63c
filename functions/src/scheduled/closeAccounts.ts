import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { closeAccounts } from '../usecases/account/closeAccounts';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `close-accounts`, every hour. The budget leaves room before the function's own time-out of 540 s. */
const spec = {
  jobName: 'close-accounts',
  terms: { ttlMs: 300_000, heartbeatMs: 60_000 },
  budgetMs: 480_000,
};

export async function handleCloseAccounts(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => closeAccounts(built, run));
}

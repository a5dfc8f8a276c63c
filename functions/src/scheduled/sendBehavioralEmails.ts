import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { sendBehavioralEmails } from '../usecases/behaviour/sendBehavioralEmails';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `send-behavioral-emails`, every day at 10:00. The budget leaves room before the function's own time-out of 1800 s. */
const spec = {
  jobName: 'send-behavioral-emails',
  terms: { ttlMs: 600_000, heartbeatMs: 60_000 },
  budgetMs: 1_680_000,
};

export async function handleSendBehavioralEmails(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => sendBehavioralEmails(built, run));
}

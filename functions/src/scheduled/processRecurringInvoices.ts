import { type ScheduledEvent } from 'firebase-functions/v2/scheduler';
import { processRecurringInvoices } from '../usecases/recurring/processRecurringInvoices';
import { runLeasedJob } from '../usecases/runLeasedJob';
import { deps } from '../wire/deps';

/** `process-recurring-invoices`, every day at 00:05. The budget leaves room before the function's own time-out of 1800 s. */
const spec = {
  jobName: 'process-recurring-invoices',
  terms: { ttlMs: 600_000, heartbeatMs: 60_000 },
  budgetMs: 1_680_000,
};

export async function handleProcessRecurringInvoices(event: ScheduledEvent): Promise<void> {
  const built = await deps();
  await runLeasedJob(built, spec, event.scheduleTime, (run) => processRecurringInvoices(built, run));
}

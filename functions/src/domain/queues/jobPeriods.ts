const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long there is from one run of a job to the next, milliseconds, by the job's name. */
export const JOB_PERIODS: Readonly<Record<string, number>> = {
  'retry-webhooks': MINUTE_MS,
  'dispatch-outbox': MINUTE_MS,
  'reconcile-messages': 15 * MINUTE_MS,
  'check-verification-deadlines': HOUR_MS,
  'process-email-sequence': HOUR_MS,
  'close-accounts': HOUR_MS,
  'maintain-queues': HOUR_MS,
  'process-escalations': 6 * HOUR_MS,
  'process-recurring-invoices': DAY_MS,
  'send-behavioral-emails': DAY_MS,
  'reset-monthly-usage': 31 * DAY_MS,
};

/** A run may be late, or wait for the one before. */
const GRACE_MS = 10 * MINUTE_MS;

/** Whether a job that last began so long ago has missed a run. */
export function isSilent(periodMs: number, silenceMs: number): boolean {
  return silenceMs > 2 * periodMs + GRACE_MS;
}

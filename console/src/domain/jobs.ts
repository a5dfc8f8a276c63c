/** The scheduled jobs and how often they run, in minutes; a month counts as 31 days. */
export const JOBS: readonly { readonly name: string; readonly everyMinutes: number }[] = [
  { name: 'retry-webhooks', everyMinutes: 1 },
  { name: 'dispatch-outbox', everyMinutes: 1 },
  { name: 'reconcile-messages', everyMinutes: 15 },
  { name: 'maintain-queues', everyMinutes: 60 },
  { name: 'process-email-sequence', everyMinutes: 60 },
  { name: 'check-verification-deadlines', everyMinutes: 60 },
  { name: 'close-accounts', everyMinutes: 60 },
  { name: 'process-escalations', everyMinutes: 6 * 60 },
  { name: 'process-recurring-invoices', everyMinutes: 24 * 60 },
  { name: 'send-behavioral-emails', everyMinutes: 24 * 60 },
  { name: 'reset-monthly-usage', everyMinutes: 31 * 24 * 60 },
];

/** Whether a job's last run began so long ago that at least one was missed: two intervals and ten minutes. */
export function isLate(everyMinutes: number, startedAt: Date, now: Date): boolean {
  return now.getTime() - startedAt.getTime() > (2 * everyMinutes + 10) * 60_000;
}

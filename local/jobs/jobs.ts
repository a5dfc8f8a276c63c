/** Scheduled jobs that can be run by hand: job name → exported function. */
export const JOBS: Readonly<Record<string, string>> = {
  'retry-webhooks': 'retryWebhooks',
  'dispatch-outbox': 'dispatchOutbox',
  'check-verification-deadlines': 'checkVerificationDeadlines',
  'process-escalations': 'processEscalations',
  'reconcile-messages': 'reconcileMessages',
  'process-email-sequence': 'processEmailSequence',
  'close-accounts': 'closeAccounts',
  'maintain-queues': 'maintainQueues',
  'process-recurring-invoices': 'processRecurringInvoices',
  'send-behavioral-emails': 'sendBehavioralEmails',
  'reset-monthly-usage': 'resetMonthlyUsage',
};

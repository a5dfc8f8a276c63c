/** What comes to the functions from outside, as data: it can be done in this process and in another. */
export type Deed =
  | {
      readonly do: 'deliver';
      readonly to: 'stripeWebhook' | 'twilioSmsReply' | 'twilioSmsStatus' | 'sendgridEvents' | 'clerkWebhook';
      readonly body: string;
      /** Behind the path, with its question mark. */
      readonly query?: string;
      /** The event's id, where its provider has it among the headers. */
      readonly eventId?: string;
      /** Nobody delivers it again: what was not taken in is for us to find. */
      readonly once?: boolean;
    }
  | {
      readonly do: 'tick';
      readonly job: JobName;
      /** The clock moves on to this moment first. */
      readonly notBefore?: Date;
    }
  | {
      readonly do: 'task';
      readonly queue: 'sendSms' | 'sendEmail' | 'escalatePage';
      readonly data: TaskData;
      /** How often the queue has tried before. */
      readonly retries?: number;
    }
  | {
      readonly do: 'call';
      readonly name: string;
      /** Below `callable`. */
      readonly folder?: 'admin';
      readonly uid: string;
      readonly claims?: Readonly<Record<string, unknown>>;
      readonly data: object;
    }
  | { readonly do: 'created'; readonly trigger: TriggerName; readonly id: string }
  | { readonly do: 'unsubscribe'; readonly token: string };

export type TaskData = Readonly<Record<string, string>>;

export type TriggerName = 'onOutboxCreated' | 'onCheckoutExpiryCreated';

/** Scheduled functions, and the names of their leases. */
export const JOBS = {
  retryWebhooks: 'retry-webhooks',
  dispatchOutbox: 'dispatch-outbox',
  reconcileMessages: 'reconcile-messages',
  processEscalations: 'process-escalations',
  processEmailSequence: 'process-email-sequence',
  maintainQueues: 'maintain-queues',
  processRecurringInvoices: 'process-recurring-invoices',
  sendBehavioralEmails: 'send-behavioral-emails',
  resetMonthlyUsage: 'reset-monthly-usage',
  checkVerificationDeadlines: 'check-verification-deadlines',
  closeAccounts: 'close-accounts',
} as const;

export type JobName = keyof typeof JOBS;

import { write } from 'firebase-functions/logger';

type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/**
 * Fields that may reach a log. Everything else is dropped, so that a field added in a hurry can not leak a name, an
 * address or a body. Values are cut at 200 characters and lose whatever looks like an e-mail address or a number to call.
 */
const ALLOWED = new Set([
  'event',
  'alert',
  'source',
  'eventId',
  'eventType',
  'apiVersion',
  'outcome',
  'duplicate',
  'invoiceId',
  'transactionId',
  'freelancerId',
  'reason',
  'code',
  'cause',
  'attempts',
  'status',
  'jobName',
  'runId',
  'token',
  'counts',
  'conflicts',
  'durationMs',
  'sessionId',
  'outboxId',
  'claimId',
  'functionName',
  'outboxId',
  'template',
  'itemId',
  'count',
  'queue',
]);

const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+/g;
const PHONE = /\+?\d[\d ().-]{8,}\d/g;

function clean(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'object') {
    // Only counters are logged as objects: numbers under plain names.
    return Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number'));
  }
  return undefined;
}

function cleanText(text: string): string {
  return text.replace(EMAIL, '[email]').replace(PHONE, '[number]').slice(0, 200);
}

function emit(severity: Severity, message: string, fields: Record<string, unknown>): void {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    // Identifiers are ours or a provider's (`evt_…`, `pi_…`), so digits in them are not telephone numbers.
    const isIdentifier = name.endsWith('Id') && typeof value === 'string' && /^[\w.:-]{1,300}$/.test(value);
    if (ALLOWED.has(name) && value !== undefined) kept[name] = isIdentifier ? value : clean(value);
  }
  write({ severity, message: cleanText(message), ...kept });
}

/** Class name, code and gRPC/HTTP status of what was thrown; never its text, which may quote the input. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code =
    'code' in thrown && (typeof thrown.code === 'string' || typeof thrown.code === 'number')
      ? thrown.code
      : '';
  const inner = thrown.cause === undefined ? '' : ` < ${describe(thrown.cause)}`;
  return `${thrown.name}${code === '' ? '' : `(${String(code)})`}${inner}`;
}

export interface EventFields {
  readonly source: string;
  readonly eventId: string;
  readonly eventType: string;
}

/** Every line that the backend logs has its name here; an `alert` field is what monitoring wakes a person on. */
export const log = {
  webhookHandled(fields: EventFields & { outcome: string; duplicate: boolean; conflicts: number }): void {
    emit('INFO', 'webhook handled', { event: 'webhook_handled', ...fields });
  },
  webhookRejected(fields: { source: string; reason: string; status: number; cause: unknown }): void {
    const severity = fields.status >= 500 ? 'ERROR' : 'WARNING';
    emit(severity, 'webhook rejected', {
      event: 'webhook_rejected',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  webhookFailed(
    fields: EventFields & { code: string; status: string; attempts: number; cause: unknown },
  ): void {
    emit('ERROR', 'webhook failed', { event: 'webhook_failed', ...fields, cause: describe(fields.cause) });
  },
  webhookNotRecorded(fields: EventFields & { cause: unknown }): void {
    const cause = describe(fields.cause);
    emit('CRITICAL', 'webhook neither applied nor recorded', {
      alert: 'webhook_not_recorded',
      ...fields,
      cause,
    });
  },
  deadLetter(fields: EventFields & { code: string; attempts: number }): void {
    emit('ERROR', 'webhook is a dead letter', { alert: 'dead_letter', ...fields });
  },
  paymentUnapplied(fields: { transactionId: string | null; reason: string; invoiceId: string | null }): void {
    emit('ERROR', 'a payment could not be applied', { alert: 'payment_unapplied', ...fields });
  },
  jobSkipped(fields: {
    jobName: string;
    runId: string;
    reason: 'already running' | 'already finished';
  }): void {
    emit('INFO', fields.reason, { event: 'job_skipped', ...fields });
  },
  jobFinished(fields: {
    jobName: string;
    runId: string;
    token: number;
    outcome: string;
    counts: Record<string, number>;
    durationMs: number;
  }): void {
    emit('INFO', 'job finished', { event: 'job_finished', ...fields });
  },
  jobFailed(fields: { jobName: string; runId: string; cause: unknown }): void {
    emit('ERROR', 'job failed', { alert: 'job_failed', ...fields, cause: describe(fields.cause) });
  },
  /** `count`: seconds since it began last. */
  jobNotRun(fields: { jobName: string; count: number }): void {
    emit('ERROR', 'a job has not run when it should have', { alert: 'job_not_run', ...fields });
  },
  leaseLost(fields: { jobName: string; token: number }): void {
    emit('WARNING', 'lease lost', { event: 'lease_lost', ...fields });
  },
  leaseStoreDown(fields: { jobName: string; cause: unknown }): void {
    emit('CRITICAL', 'lease store down', {
      alert: 'lease_store_down',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  messagesNotCancelled(fields: { reason: string; cause: unknown }): void {
    emit('WARNING', 'waiting messages were not cancelled; the send gate will refuse them', {
      event: 'messages_not_cancelled',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  emailNotDelivered(fields: { outboxId: string | null; code: string }): void {
    emit('ERROR', 'an e-mail was blocked or dropped, not because of its address', {
      alert: 'email_not_delivered',
      ...fields,
    });
  },
  checkoutExpired(fields: { sessionId: string; outcome: string }): void {
    emit('INFO', 'open checkout session closed', { event: 'checkout_expired', ...fields });
  },
  messageUnusable(fields: { outboxId: string; template: string; code: string }): void {
    emit('ERROR', 'a message can not be written', { alert: 'message_unusable', ...fields });
  },
  /** `outcome`: what became of one message that was taken up for sending. */
  messageHandled(fields: { outboxId: string; outcome: string; reason: string | null }): void {
    const severity = fields.outcome === 'accepted' || fields.outcome === 'deferred' ? 'INFO' : 'WARNING';
    emit(severity, 'message handled', { event: 'message_handled', ...fields });
  },
  messageLeft(fields: { outboxId: string; code: string; cause: unknown }): void {
    emit('ERROR', 'a message could not be looked after', {
      event: 'message_left',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  listUnavailable(fields: { cause: unknown }): void {
    emit('ERROR', "Twilio's list can not be asked", {
      alert: 'list_unavailable',
      cause: describe(fields.cause),
    });
  },
  claimLeft(fields: { claimId: string; code: string; cause: unknown }): void {
    emit('ERROR', 'a payment claim could not be looked after', {
      alert: 'claim_left',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  signInWithoutClaims(fields: { cause: unknown }): void {
    emit('ERROR', 'somebody signed in without the claims by which he reads what was sent to him', {
      alert: 'sign_in_without_claims',
      cause: describe(fields.cause),
    });
  },
  inboundLeft(fields: { eventId: string; code: string; cause: unknown }): void {
    emit('ERROR', 'a text message to us could not be taken in', {
      alert: 'inbound_left',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  queueSizes(fields: { counts: Record<string, number> }): void {
    emit('INFO', 'queue sizes', { event: 'queue_sizes', ...fields });
  },
  /** `count`: rows, or seconds where it is about lateness. */
  queueAlert(fields: { alert: string; count: number }): void {
    emit('ERROR', 'a queue is beyond its limit', fields);
  },
  /** One of many that a job looks after threw: it is left for a later run, and holds up none of the others. */
  jobItemLeft(fields: { jobName: string; itemId: string; code: string; cause: unknown }): void {
    emit('ERROR', 'an item of a job was left', {
      alert: 'job_item_left',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  taskUnusable(fields: { queue: string }): void {
    emit('ERROR', 'a task has no message in it', { alert: 'task_unusable', ...fields });
  },
  escalationFailed(fields: { invoiceId: string; code: string; attempts: number; cause: unknown }): void {
    // The first ones may be a passing fault; a chase that keeps failing needs a person.
    const keeps = fields.attempts >= 5 ? { alert: 'escalation_failed' } : { event: 'escalation_failed' };
    emit('ERROR', 'the chase of an invoice could not go on', {
      ...keeps,
      ...fields,
      cause: describe(fields.cause),
    });
  },
  bankRateMissing(fields: { invoiceId: string | null; reason: string }): void {
    emit('ERROR', 'a Bank Rate is missing: reminders name no interest', {
      alert: 'bank_rate_missing',
      ...fields,
    });
  },
  pageNotEnqueued(fields: { runId: string; cause: unknown }): void {
    emit('WARNING', 'a page could not be handed over; the run goes on by itself', {
      event: 'page_not_enqueued',
      ...fields,
      cause: describe(fields.cause),
    });
  },
  pageFinished(fields: { runId: string; token: number; counts: Record<string, number> }): void {
    emit('INFO', 'page finished', { event: 'page_finished', ...fields });
  },
  callFailed(fields: { functionName: string; code: string; cause: unknown }): void {
    emit('ERROR', 'call failed', { event: 'call_failed', ...fields, cause: describe(fields.cause) });
  },
};

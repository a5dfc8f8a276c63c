import { type FailedWebhook } from './failedWebhook';
import { MAX_ATTEMPTS, retryDelayMs } from './retryPolicy';

/** An error, as far as it may be stored: a code and a sentence of ours, never a provider's or a customer's text. */
export interface FailureFacts {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

type Row = Pick<FailedWebhook, 'status' | 'attempts' | 'nextRetryAt'>;

/** What a delivery that failed makes of the record of its event. Null fields stay as they are. */
export type FailureDecision =
  | { readonly kind: 'create' | 'change'; readonly row: Row }
  /** Only `lastError` is noted: somebody is at work on the event, or a person has to be. */
  | { readonly kind: 'note' };

/**
 * What to record when a live delivery fails. Never touches an event whose retry is running, never lowers the number
 * of attempts, never brings a dead letter back. A provider's own redeliveries use up none of our attempts: five that
 * fail in one outage are one failure.
 *
 * @param now Firestore's clock
 * @param fraction chance in [0, 1), for jitter
 */
export function decideFailure(
  existing: FailedWebhook | null,
  failure: FailureFacts,
  now: Date,
  fraction: number,
): FailureDecision {
  if (existing === null) return { kind: 'create', row: afterFailure(1, failure, now, fraction) };
  if (existing.status !== 'pending_retry' || failure.retryable) return { kind: 'note' };
  return { kind: 'change', row: { status: 'dead_letter', attempts: existing.attempts, nextRetryAt: null } };
}

/** The record of an event that has now failed `attempts` times. */
export function afterFailure(attempts: number, failure: FailureFacts, now: Date, fraction: number): Row {
  if (!failure.retryable || attempts >= MAX_ATTEMPTS)
    return { status: 'dead_letter', attempts, nextRetryAt: null };
  return {
    status: 'pending_retry',
    attempts,
    nextRetryAt: new Date(now.getTime() + retryDelayMs(attempts, fraction)),
  };
}

import { retentionMs } from '../privacy/expiry';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The trigger takes a new message to its queue within seconds; after this time the dispatcher does. */
export const TRIGGER_GRACE_MS = 2 * MINUTE_MS;

/** A message that was taken to its queue is taken there again after this time, in case the task was lost. */
export const REQUEUE_AFTER_MS = 15 * MINUTE_MS;

/** A claim to send holds for this long: well past the longest send. By Firestore's clock. */
export const SEND_LEASE_MS = MINUTE_MS;

/** Tries of one message before it counts as failed. */
export const MOST_SEND_ATTEMPTS = 8;

/** How long callbacks and the provider's list have to say what became of a message. */
export const UNKNOWN_FINAL_AFTER_MS = DAY_MS;

/** The provider's list is asked about a message this long after it was sent at the earliest. */
export const LOOK_UP_AFTER_MS = 2 * MINUTE_MS;

/** And this often from then on. */
export const LOOK_UP_EVERY_MS = 15 * MINUTE_MS;

/** Rows that are done with stay this long. */
export const OUTBOX_RETENTION_MS = retentionMs('outbox');

/** A message that could not be sent for this long is not wanted any more. */
export const STALE_AFTER_MS = 7 * DAY_MS;

/**
 * How long to wait after the `attempts`-th try that the provider turned away: 1, 2, 4 … 64 minutes, ±20 %.
 *
 * @param fraction chance in [0, 1)
 * @returns milliseconds
 */
export function sendRetryDelayMs(attempts: number, fraction: number): number {
  return Math.round(2 ** Math.min(attempts - 1, 6) * MINUTE_MS * (0.8 + 0.4 * fraction));
}

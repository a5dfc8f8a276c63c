const DAY_MS = 24 * 60 * 60 * 1000;

/** Days for which rows stay once they are done with: they carry `expiresAt`, and are deleted then. */
export const expiryDays = {
  /** Claims of events. Stripe redelivers for 3 days by itself and for 30 by hand. */
  claims: 30,
  /** Failed events that were resolved or discarded. */
  failedWebhooks: 30,
  /** Messages that are done with. */
  outbox: 90,
  /** Finished runs of jobs, and what their pages counted. */
  cronRuns: 30,
  /** What people answer by text message. */
  smsReplies: 365,
  /** Orders to close a payment page. */
  checkoutExpiries: 30,
} as const;

/** The same in milliseconds. */
export function retentionMs(kind: keyof typeof expiryDays): number {
  return expiryDays[kind] * DAY_MS;
}

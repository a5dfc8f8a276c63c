/** What waits in the queues, and since when. Ages in seconds, 0 where nothing waits. */
export interface QueueSizes {
  /** Failed events by status, and how long ago the retry that is most overdue should have begun. */
  readonly webhooks_pending_retry: number;
  readonly webhooks_retrying: number;
  readonly webhooks_dead_letter: number;
  readonly webhooks_late_seconds: number;
  readonly webhooks_oldest_dead_letter_seconds: number;
  /** Messages by status; `unknown` without those that are final. */
  readonly messages_pending: number;
  readonly messages_sending: number;
  readonly messages_unknown: number;
  readonly messages_late_seconds: number;
  readonly messages_oldest_pending_seconds: number;
  /** Money that fitted no invoice, and of which no operator has said what it is. */
  readonly payments_unapplied: number;
}

/** What waits longer than this past its time has been forgotten by the job that runs every minute. */
export const LATE_SECONDS = 15 * 60;

/** A few sends are cut off on any day; more at once are an outage. */
export const MOST_UNKNOWN = 10;

export type QueueAlert =
  'webhooks_late' | 'dead_letters' | 'messages_late' | 'messages_unknown' | 'payments_unapplied';

/** What a person has to look at, with the figure that says so. */
export function queueAlerts(sizes: QueueSizes): { readonly alert: QueueAlert; readonly count: number }[] {
  const found: { readonly alert: QueueAlert; readonly count: number; readonly most: number }[] = [
    { alert: 'webhooks_late', count: sizes.webhooks_late_seconds, most: LATE_SECONDS },
    { alert: 'dead_letters', count: sizes.webhooks_dead_letter, most: 0 },
    { alert: 'messages_late', count: sizes.messages_late_seconds, most: LATE_SECONDS },
    { alert: 'messages_unknown', count: sizes.messages_unknown, most: MOST_UNKNOWN },
    { alert: 'payments_unapplied', count: sizes.payments_unapplied, most: 0 },
  ];
  return found.filter(({ count, most }) => count > most).map(({ alert, count }) => ({ alert, count }));
}

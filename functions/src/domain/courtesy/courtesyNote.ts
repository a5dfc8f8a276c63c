import { amountLeft } from '../invoice/amountLeft';
import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { dayAfter, isCalendarDay, londonDay, londonHourOf } from '../londonDay';

export type CourtesyNote = 'before' | 'due';

/** The first note comes so many days before the invoice is due. */
export const DAYS_BEFORE = 3;

/** Both come at this hour in London. */
export const COURTESY_HOUR = 9;

/**
 * The courtesy note whose time it is; null when there is none. A note that an outage held up is made up for only while
 * it says what is so: the first one as long as the due day has not come, the second on the due day itself. Whoever got
 * the invoice after the note's time has just read when it is due.
 */
export function courtesyNote(
  invoice: Invoice,
  chase: EscalationState | null,
  now: Date,
): CourtesyNote | null {
  const { dueDate, sentAt, status } = invoice;
  if (status !== 'sent' || dueDate == null || !isCalendarDay(dueDate) || amountLeft(invoice) === 0)
    return null;
  if (chase?.closedAt != null || chase?.isPaused === true) return null;
  if (invoice.paymentClaimStatus === 'pending_verification') return null;
  const today = londonDay(now);
  const note = today === dueDate ? 'due' : 'before';
  const day = note === 'due' ? dueDate : dayAfter(dueDate, -DAYS_BEFORE);
  const moment = londonHourOf(day, COURTESY_HOUR);
  if (today > dueDate || now < moment || (sentAt != null && sentAt > moment)) return null;
  return chase?.courtesySent?.includes(note) === true ? null : note;
}

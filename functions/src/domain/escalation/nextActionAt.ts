import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { startOfNextLondonDay } from '../londonDay';

/** Between two levels of one invoice. */
const GAP_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * The next moment at which the chase of an invoice has something to decide; null when there is nothing to chase, or
 * when only a person can end its pause.
 */
export function nextActionAt(invoice: Invoice, state: EscalationState | null, now: Date): Date | null {
  const { status, dueDate } = invoice;
  if (status !== 'sent' && status !== 'overdue' && status !== 'in_collections') return null;
  if (state?.closedAt != null) return null;
  if (state?.isPaused === true) return state.pauseUntil ?? null;
  if (status === 'sent' && dueDate != null) return startOfNextLondonDay(dueDate);
  const earliest = (state?.lastEscalatedAt?.getTime() ?? 0) + GAP_MS;
  return new Date(Math.max(now.getTime(), earliest));
}

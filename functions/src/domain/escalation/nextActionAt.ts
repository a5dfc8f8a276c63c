import { policySchema } from '../gate/policy';
import { amountLeft } from '../invoice/amountLeft';
import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { startOfNextLondonDay } from '../londonDay';
import { type EscalationPolicy, gapEnds, levelStarts } from './levelMoments';
import { levelOf } from './levelOf';
import { levelsAfter } from './levelsAfter';

const DEFAULT_POLICY: EscalationPolicy = policySchema.parse({}).escalation;

/**
 * The next moment at which anything about a chase can change by itself, `now` at the earliest: it becomes overdue, a
 * pause ends, the next level applies. Null when nothing can: the chase is closed, paused until somebody resumes it, or
 * at its end.
 */
export function nextActionAt(
  invoice: Invoice,
  state: EscalationState | null,
  now: Date,
  policy: EscalationPolicy = DEFAULT_POLICY,
): Date | null {
  if (invoice.dueDate == null || state?.closedAt != null || amountLeft(invoice) === 0) return null;
  const moments = [
    // A pause holds reminders back, but not the calendar.
    ...(invoice.status === 'sent' ? [startOfNextLondonDay(invoice.dueDate)] : []),
    ...(isHeld(invoice, state) ? pauseEnds(state) : nextLevelStarts(invoice, invoice.dueDate, state, policy)),
  ];
  const [first] = moments.sort((a, b) => a.getTime() - b.getTime());
  if (first === undefined) return null;
  return first > now ? first : now;
}

function isHeld(invoice: Invoice, state: EscalationState | null): boolean {
  return state?.isPaused === true || invoice.paymentClaimStatus === 'pending_verification';
}

function pauseEnds(state: EscalationState | null): Date[] {
  return state?.isPaused === true && state.pauseUntil != null ? [state.pauseUntil] : [];
}

function nextLevelStarts(
  invoice: Invoice,
  dueDate: string,
  state: EscalationState | null,
  policy: EscalationPolicy,
): Date[] {
  const [next] = levelsAfter(levelOf(invoice, state), state?.sentLevels ?? []);
  if (next === undefined) return [];
  const starts = levelStarts(next, dueDate, policy);
  const gap = gapEnds(state?.lastEscalatedAt, policy);
  return [gap !== null && gap > starts ? gap : starts];
}

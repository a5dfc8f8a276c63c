import { type Changes, type TimelineRow } from '../changes';
import { nextActionAt } from '../escalation/nextActionAt';
import { pauseChase } from '../escalation/pauseChase';
import { resumeChase } from '../escalation/resumeChase';
import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';

interface ChaseChange {
  readonly fields: { readonly nextActionAt: Date | null };
  readonly escalation?: NonNullable<Changes['escalation']>;
  readonly timeline: readonly TimelineRow[];
}

/**
 * What the chase does when a claim of the debtor is answered: it goes on, unless it is over, the bank has a dispute
 * open, or the freelancer had paused it himself.
 *
 * @param invoice as the same commit leaves it
 */
export function endClaimPause(
  id: string,
  invoice: Invoice,
  state: EscalationState | null,
  message: string,
  now: Date,
): ChaseChange {
  const isOurs = state?.isPaused === true && state.pauseReason === 'payment_claim' && state.closedAt == null;
  // The claim holds nothing back any more.
  const answered = { ...invoice, paymentClaimStatus: null };
  if (!isOurs) return { fields: { nextActionAt: nextActionAt(answered, state, now) }, timeline: [] };
  const dispute = { reason: 'dispute', until: null, message: `${message} The invoice is disputed.` } as const;
  const move =
    invoice.status === 'disputed'
      ? pauseChase(id, state, dispute, now)
      : resumeChase(id, state, message, now);
  return {
    fields: { nextActionAt: nextActionAt(answered, move.state, now) },
    escalation: { invoiceId: id, value: move.state },
    timeline: [move.row],
  };
}

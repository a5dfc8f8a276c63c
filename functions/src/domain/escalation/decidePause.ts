import { type Decision, changed, refused } from '../decision';
import { initialEscalationState } from '../invoice/escalationState';
import { type InvoiceState } from '../payment/invoiceConsequences';
import { nextActionAt } from './nextActionAt';
import { pauseChase } from './pauseChase';
import { resumeChase } from './resumeChase';

/** A pause that the freelancer wishes for. */
export interface WishedPause {
  readonly reason: 'manual' | 'promise';
  readonly until: Date | null;
}

const MESSAGES = {
  manual: 'Reminders are paused.',
  promise: 'The client has promised to pay; reminders are paused.',
} as const;

/** Pauses the chase of an invoice for its freelancer, at any level and before the first one. */
export function decidePause(
  { id, invoice, escalation }: InvoiceState,
  wished: WishedPause,
  now: Date,
): Decision {
  const no = whyNot({ id, invoice, escalation });
  if (no !== null) return refused(no);
  const state = escalation ?? initialEscalationState(invoice.freelancerId);
  const isSo =
    state.isPaused &&
    state.pauseReason === wished.reason &&
    (state.pauseUntil?.getTime() ?? null) === (wished.until?.getTime() ?? null);
  if (isSo) return { kind: 'unchanged' };
  const move = pauseChase(id, state, { ...wished, message: MESSAGES[wished.reason] }, now);
  return changed({
    outcome: 'paused',
    invoice: { id, fields: { nextActionAt: nextActionAt(invoice, move.state, now) } },
    escalation: { invoiceId: id, value: move.state },
    timeline: [move.row],
  });
}

/** Ends a pause that it is for the freelancer to end; also one of his own of which another had taken the place. */
export function decideResume({ id, invoice, escalation }: InvoiceState, now: Date): Decision {
  const no = whyNot({ id, invoice, escalation });
  if (no !== null) return refused(no);
  if (escalation?.isPaused !== true) return { kind: 'unchanged' };
  const { state, row } = resumeChase(id, { ...escalation, pausedBefore: null }, 'Reminders go on.', now);
  return changed({
    outcome: 'resumed',
    invoice: { id, fields: { nextActionAt: nextActionAt(invoice, state, now) } },
    escalation: { invoiceId: id, value: state },
    timeline: [row],
  });
}

/** Why it is not for the freelancer to pause or resume this chase now; null when it is. */
function whyNot({ invoice, escalation }: InvoiceState): string | null {
  if (invoice.status === 'draft') return 'The invoice is not sent yet.';
  if (invoice.status === 'disputed')
    return 'The invoice is disputed, and reminders are paused until that is over.';
  const isOpen =
    invoice.status === 'sent' || invoice.status === 'overdue' || invoice.status === 'in_collections';
  if (!isOpen || escalation?.closedAt != null) return 'Nothing is being chased on this invoice.';
  if (invoice.paymentClaimStatus === 'pending_verification')
    return 'Your client says that this invoice is paid. Confirm or reject that first.';
  return null;
}

import { londonDay } from '../londonDay';
import { type Refusal, type RefusalReason } from './gateDecision';
import { type GateInput } from './gateInput';

/** Step 1 for a reminder: is it still wanted? */
export function refuseUnlessReminderWanted(input: GateInput): Refusal | null {
  const refusal = refuseUnlessOpen(input);
  if (refusal !== null) return refusal;
  const { level } = input.message;
  if (level !== null && level !== (input.chase?.currentLevel ?? 'pending'))
    return cancelled('level_passed', 'The chase has moved on to another level.');
  return refuseIfHeld(input);
}

/** Step 1 for a courtesy note: the invoice is open and not overdue. */
export function refuseUnlessCourtesyWanted(input: GateInput): Refusal | null {
  const { invoice, now } = input;
  const refusal = refuseUnlessOpen(input) ?? refuseIfHeld(input);
  if (refusal !== null) return refusal;
  const isOverdue = invoice?.dueDate != null && londonDay(now) > invoice.dueDate;
  return isOverdue || invoice?.status !== 'sent'
    ? cancelled('overdue_already', 'The invoice is overdue already.')
    : null;
}

function refuseUnlessOpen({ invoice, chase }: GateInput): Refusal | null {
  if (invoice?.status === 'disputed') return cancelled('disputed', 'The invoice is disputed.');
  const isOpen =
    invoice?.status === 'sent' || invoice?.status === 'overdue' || invoice?.status === 'in_collections';
  if (!isOpen || chase?.closedAt != null)
    return cancelled('invoice_not_open', 'Nothing is being chased on this invoice.');
  return null;
}

function refuseIfHeld({ invoice, chase }: GateInput): Refusal | null {
  if (invoice?.paymentClaimStatus === 'pending_verification' || isPausedFor(chase, 'payment_claim'))
    return cancelled('claimed', 'The client says that this invoice is paid.');
  if (isPausedFor(chase, 'dispute')) return cancelled('disputed', 'The invoice is disputed.');
  if (chase?.isPaused === true) return cancelled('paused', 'Reminders for this invoice are paused.');
  return null;
}

function isPausedFor(chase: GateInput['chase'], reason: string): boolean {
  return chase?.isPaused === true && chase.pauseReason === reason;
}

function cancelled(reason: RefusalReason, text: string): Refusal {
  return { kind: 'refuse', status: 'cancelled', reason, text };
}

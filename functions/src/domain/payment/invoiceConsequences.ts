import { type Changes, type TimelineRow } from '../changes';
import { type EscalationState, initialEscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { type Settlement, settleInvoice } from '../invoice/settleInvoice';
import { ledgerTotals, type PaymentLedger } from '../money/paymentLedger';
import { nextActionAt } from '../escalation/nextActionAt';
import { resumeChase } from '../escalation/resumeChase';
import { ledgerEntryOf } from './withFacts';
import { type Transaction } from './transaction';

/** An invoice with what hangs on it, as read in one batch. */
export interface InvoiceState {
  readonly id: string;
  readonly invoice: Invoice;
  readonly escalation: EscalationState | null;
}

type Consequences = Required<Pick<Changes, 'invoice'>> &
  Pick<Changes, 'escalation'> & { timeline: TimelineRow[] };

/**
 * What a new or changed payment does to its invoice and to the chase: the invoice is settled anew from all its
 * payments; paid closes the chase for good; an open card dispute pauses it, and its end lifts that pause.
 */
export function invoiceConsequences(
  state: InvoiceState,
  transactionId: string,
  transaction: Transaction,
  now: Date,
): Consequences {
  const { id, invoice } = state;
  const before: PaymentLedger = invoice.payments ?? {};
  const after: PaymentLedger = { ...before, [transactionId]: ledgerEntryOf(transaction) };
  const chaseClosed = state.escalation?.closedAt != null;
  const settlement = settleInvoice(invoice, after, chaseClosed, now);

  let escalation = state.escalation ?? initialEscalationState(invoice.freelancerId);
  const timeline: TimelineRow[] = [];
  const level = invoice.escalationLevel ?? 'pending';
  const row = { invoiceId: id, freelancerId: invoice.freelancerId, level };

  const wasDisputed = ledgerTotals(before).disputeOpen;
  const isDisputed = ledgerTotals(after).disputeOpen;
  // The number of disputes so far tells a second dispute's rows from the first one's.
  const nth = Object.keys(transaction.disputes).length;
  if (isDisputed && !wasDisputed && !escalation.isPaused) {
    const pauseCount = (escalation.pauseCount ?? 0) + 1;
    escalation = {
      ...escalation,
      isPaused: true,
      pauseReason: 'dispute',
      pausedAt: now,
      pauseUntil: null,
      pauseCount,
    };
    const message = 'The bank has opened a dispute about a payment; reminders are paused.';
    timeline.push({ ...row, id: `${id}_paused_${transactionId}_${nth}`, eventType: 'paused', message });
  }
  // A dispute that the debtor opened with us outlives the bank's.
  const isOver = wasDisputed && !isDisputed && settlement.status !== 'disputed';
  if (isOver && escalation.isPaused && escalation.pauseReason === 'dispute') {
    const resumed = resumeChase(id, escalation, 'The dispute about a payment is closed.', now);
    escalation = resumed.state;
    timeline.push({ ...resumed.row, id: `${id}_resumed_${transactionId}_${nth}` });
  }
  if (settlement.status === 'paid' && escalation.closedAt == null) {
    escalation = { ...escalation, closedAt: now, closedReason: 'paid' };
  }
  const changed =
    escalation !== state.escalation &&
    (state.escalation !== null || escalation.closedAt != null || escalation.isPaused);
  return {
    invoice: {
      id,
      fields: {
        ...settlement,
        ...heldBack(invoice, settlement, escalation, now),
        ...disputeEnd(state, settlement, now),
      },
    },
    ...(changed ? { escalation: { invoiceId: id, value: escalation } } : {}),
    timeline,
  };
}

/** A pause outlives a payment in part: only what it does not hold back is looked at before it ends. */
function heldBack(
  invoice: Invoice,
  settlement: Settlement,
  escalation: EscalationState,
  now: Date,
): { readonly nextActionAt?: Date | null } {
  if (settlement.nextActionAt === null || !escalation.isPaused) return {};
  return { nextActionAt: nextActionAt({ ...invoice, ...settlement }, escalation, now) };
}

/** What the debtor found wrong is settled when he pays in full all the same. */
function disputeEnd({ invoice }: InvoiceState, settlement: Settlement, now: Date) {
  if (settlement.status !== 'paid' || invoice.disputedBy == null) return {};
  const { dispute } = invoice;
  return {
    disputedBy: null,
    ...(dispute == null ? {} : { dispute: { ...dispute, closedAt: now } }),
  };
}

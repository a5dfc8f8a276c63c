import { londonDay, startOfNextLondonDay } from '../londonDay';
import { ledgerTotals, type PaymentLedger } from '../money/paymentLedger';
import { type Invoice, type InvoiceStatus } from './invoice';

/** The fields of an invoice that follow from its payments and the date. */
export interface Settlement {
  readonly status: InvoiceStatus;
  /** Sum of all applied payments, minor units. */
  readonly amountPaid: number;
  /** Sum of their refunds, minor units. */
  readonly amountRefunded: number;
  readonly paidAt: Date | null;
  readonly nextActionAt: Date | null;
  readonly payments: PaymentLedger;
}

/**
 * What an invoice is, given all its applied payments ("Money" in the business rules). An open card dispute comes
 * first, for its money is withheld whatever the sums say; then paid in full; then everything given back; else the
 * status that the date gives. A draft or cancelled invoice keeps its status: money does not move it.
 *
 * @param chaseClosed the escalation of this invoice was closed; only the freelancer opens it again
 */
export function settleInvoice(
  invoice: Invoice,
  ledger: PaymentLedger,
  chaseClosed: boolean,
  now: Date,
): Settlement {
  const totals = ledgerTotals(ledger);
  const status = settledStatus(invoice, totals, now);
  return {
    status,
    amountPaid: totals.paid,
    amountRefunded: totals.refunded,
    paidAt: status === 'paid' ? (invoice.paidAt ?? now) : null,
    nextActionAt: nextActionAt(invoice, status, chaseClosed, now),
    payments: ledger,
  };
}

function settledStatus(invoice: Invoice, totals: ReturnType<typeof ledgerTotals>, now: Date): InvoiceStatus {
  if (invoice.status === 'draft' || invoice.status === 'cancelled') return invoice.status;
  if (totals.disputeOpen) return 'disputed';
  if (totals.paid > 0 && totals.net >= invoice.amount) return 'paid';
  if (totals.paid > 0 && totals.net <= 0) return 'refunded';
  if (isDisputedByDebtor(invoice)) return 'disputed';
  return statusByDate(invoice, now);
}

/**
 * A dispute that the debtor opened with us, not with the bank: it has its mark, or, on an invoice from before there was
 * one, no payment's dispute explains the status.
 */
function isDisputedByDebtor(invoice: Invoice): boolean {
  if (invoice.disputedBy === 'debtor') return true;
  return invoice.status === 'disputed' && !ledgerTotals(invoice.payments ?? {}).disputeOpen;
}

/** The status of an invoice that is still owed, wholly or in part. */
export function statusByDate(
  invoice: Pick<Invoice, 'dueDate' | 'escalationLevel'>,
  now: Date,
): 'sent' | 'overdue' | 'in_collections' {
  if (invoice.escalationLevel != null && invoice.escalationLevel !== 'pending') return 'in_collections';
  if (invoice.dueDate != null && londonDay(now) > invoice.dueDate) return 'overdue';
  return 'sent';
}

/**
 * The next moment at which the chase has something to decide; null when there is nothing to chase. Money that went
 * back (a refund, a lost dispute) does not start a closed chase again, and whatever was paid in full has a closed one. The
 * chase of what was paid in part and given back is open: it goes on when money comes again and leaves a rest.
 */
function nextActionAt(invoice: Invoice, status: InvoiceStatus, chaseClosed: boolean, now: Date): Date | null {
  if (status !== 'sent' && status !== 'overdue' && status !== 'in_collections') return null;
  if (chaseClosed || invoice.status === 'paid') return null;
  if (invoice.nextActionAt != null) return invoice.nextActionAt;
  return status === 'sent' && invoice.dueDate != null ? startOfNextLondonDay(invoice.dueDate) : now;
}

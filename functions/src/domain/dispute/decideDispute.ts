import { type Changes } from '../changes';
import { type Decision, changed, refused } from '../decision';
import { nextActionAt } from '../escalation/nextActionAt';
import { pauseChase } from '../escalation/pauseChase';
import { resumeChase } from '../escalation/resumeChase';
import { amountLeft } from '../invoice/amountLeft';
import { initialEscalationState } from '../invoice/escalationState';
import { settleInvoice, statusByDate } from '../invoice/settleInvoice';
import { ledgerTotals } from '../money/paymentLedger';
import { type Freelancer, freelancerNotice } from '../payment/decidePayment';
import { type InvoiceState } from '../payment/invoiceConsequences';

/** How often a debtor may dispute one invoice with us; after that, with the business itself. */
const MOST_DISPUTES = 2;

/**
 * The debtor says that something about an invoice is not right: reminders stop until its freelancer closes the dispute.
 * A bank's dispute about a payment is another matter; either may come first, and each has its own end.
 */
export function decideOpenDispute(
  state: InvoiceState,
  freelancer: Freelancer | null,
  reason: string,
  now: Date,
): Decision {
  const { id, invoice } = state;
  if (isOpenDispute(state)) return { kind: 'unchanged' };
  const no = whyNot(state);
  if (no !== null) return refused(no);
  const n = (invoice.dispute?.n ?? 0) + 1;
  if (n > MOST_DISPUTES)
    return refused('You have disputed this invoice twice already. Please contact the business directly.');
  const { freelancerId, reference, clientName = null, currency } = invoice;
  return changed({
    outcome: 'disputed',
    ...pauseFor(state, { n, reason, openedAt: now, closedAt: null }, now),
    notifications: [
      {
        id: `invoice_disputed_${id}_${n}`,
        freelancerId,
        type: 'invoice_disputed',
        title: 'An invoice is disputed',
        message: `Your client says that something about invoice ${reference} is not right. Reminders are paused.`,
      },
    ],
    outbox: freelancerNotice(freelancer, 'invoice_disputed', `${id}_${n}`, id, {
      clientName,
      reference,
      amount: amountLeft(invoice) || invoice.amount,
      currency,
    }),
  });
}

function isOpenDispute({ invoice }: InvoiceState): boolean {
  const bankDispute = ledgerTotals(invoice.payments ?? {}).disputeOpen;
  return invoice.disputedBy === 'debtor' || (invoice.status === 'disputed' && !bankDispute);
}

function whyNot({ invoice: { status, paymentClaimStatus } }: InvoiceState): string | null {
  if (paymentClaimStatus === 'pending_verification')
    return 'You have told us of a payment. It is being looked at, and reminders are paused.';
  if (status === 'paid' || status === 'refunded') return 'Nothing is owed on this invoice.';
  return null;
}

function pauseFor(
  { id, invoice, escalation }: InvoiceState,
  dispute: NonNullable<InvoiceState['invoice']['dispute']>,
  now: Date,
): Pick<Changes, 'invoice' | 'escalation' | 'timeline'> {
  const fields = { status: 'disputed', disputedBy: 'debtor', dispute, nextActionAt: null } as const;
  const state = escalation ?? initialEscalationState(invoice.freelancerId);
  const isPausedAlready = state.isPaused && state.pauseReason === 'dispute';
  if (state.closedAt != null || isPausedAlready) return { invoice: { id, fields } };
  const message = 'The client disputes the invoice; reminders are paused.';
  const move = pauseChase(id, state, { reason: 'dispute', until: null, message }, now);
  return {
    invoice: { id, fields },
    escalation: { invoiceId: id, value: move.state },
    timeline: [move.row],
  };
}

/** The freelancer closes the dispute that the debtor opened: the invoice is what its payments and the date make it. */
export function decideCloseDispute({ id, invoice, escalation }: InvoiceState, now: Date): Decision {
  const ledger = invoice.payments ?? {};
  const bankDispute = ledgerTotals(ledger).disputeOpen;
  if (!isOpenDispute({ id, invoice, escalation })) {
    return bankDispute
      ? refused('This dispute is at the bank, and is decided there.')
      : { kind: 'unchanged' };
  }
  const undisputed = { ...invoice, disputedBy: null, status: statusByDate(invoice, now) };
  const settled = settleInvoice(undisputed, ledger, escalation?.closedAt != null, now);
  const { dispute } = invoice;
  const fields = {
    ...settled,
    disputedBy: null,
    ...(dispute == null ? {} : { dispute: { ...dispute, closedAt: now } }),
  };
  const isOurs =
    escalation?.isPaused === true && escalation.pauseReason === 'dispute' && escalation.closedAt == null;
  if (!isOurs || bankDispute) return changed({ outcome: 'dispute_closed', invoice: { id, fields } });
  const { state, row } = resumeChase(id, escalation, 'The dispute is closed.', now);
  return changed({
    outcome: 'dispute_closed',
    invoice: { id, fields: { ...fields, nextActionAt: nextActionAt({ ...invoice, ...fields }, state, now) } },
    escalation: { invoiceId: id, value: state },
    timeline: [row],
  });
}

import { type Changes } from '../changes';
import { initialEscalationState } from '../invoice/escalationState';
import { debtorMessage } from '../messages/debtorMessage';
import { type Freelancer } from '../payment/decidePayment';
import { checkoutEnd } from '../payment/endsWithPayment';
import { type InvoiceState } from '../payment/invoiceConsequences';

/** The row in the time line that says that an invoice was looked after when its freelancer's account was closed. */
export function accountClosedRowId(invoiceId: string): string {
  return `${invoiceId}_closed_account`;
}

/**
 * What the end of its freelancer's account does to an open invoice: nobody chases it any more, it can not be paid
 * through us, and the debtor is told so. Its status stays, for the debt is the freelancer's and not ours to waive. Null
 * for an invoice that is not open.
 */
export function decideAccountClosed(
  state: InvoiceState,
  freelancer: Freelancer | null,
  now: Date,
): Changes | null {
  const { id, invoice } = state;
  switch (invoice.status) {
    case 'draft':
    case 'paid':
    case 'refunded':
    case 'cancelled':
      return null;
    case 'sent':
    case 'overdue':
    case 'in_collections':
    case 'disputed':
  }
  const before = state.escalation ?? initialEscalationState(invoice.freelancerId);
  const escalation =
    before.closedAt == null ? { ...before, closedAt: now, closedReason: 'account_closed' } : before;
  const checkout = checkoutEnd(state, null);
  return {
    outcome: 'account_closed',
    invoice: { id, fields: { nextActionAt: null, ...promised(state), ...checkout.fields } },
    escalation: { invoiceId: id, value: escalation },
    timeline: [
      {
        id: accountClosedRowId(id),
        invoiceId: id,
        freelancerId: invoice.freelancerId,
        level: escalation.currentLevel,
        eventType: 'closed',
        message: 'The account is closed: there are no more reminders.',
      },
    ],
    outbox: debtorMessage(state, freelancer, 'reminders_stopped', id, {}),
    ...(checkout.checkoutExpiry === undefined ? {} : { checkoutExpiry: checkout.checkoutExpiry }),
  };
}

/** A session that is being made at this moment: whoever makes it finds that it is wanted no more, and closes it. */
function promised({ invoice: { checkout } }: InvoiceState) {
  return checkout != null && checkout.sessionId === null && checkout.expiresAt !== null
    ? { checkout: { ...checkout, expiresAt: null } }
    : {};
}

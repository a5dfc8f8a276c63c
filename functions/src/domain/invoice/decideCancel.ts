import { type Changes } from '../changes';
import { type Decision, changed, refused } from '../decision';
import { debtorMessage } from '../messages/debtorMessage';
import { type Freelancer } from '../payment/decidePayment';
import { checkoutEnd } from '../payment/endsWithPayment';
import { type InvoiceState } from '../payment/invoiceConsequences';

/**
 * Cancels an invoice that its freelancer does not want paid any more. What the chase still wanted to send is left to
 * the send gate; a debtor who was sent the invoice is told.
 *
 * @param pendingClaims claims of the debtor that nobody has answered: there is nothing to answer any more
 */
export function decideCancel(
  state: InvoiceState,
  freelancer: Freelancer | null,
  pendingClaims: readonly string[],
  now: Date,
): Decision {
  const { id, invoice, escalation } = state;
  switch (invoice.status) {
    case 'cancelled':
      return { kind: 'unchanged' };
    case 'paid':
    case 'refunded':
      return refused('Money was paid for this invoice, so it can not be cancelled.');
    case 'disputed':
      return refused('The invoice is disputed. Close the dispute first.');
    case 'draft':
    case 'sent':
    case 'overdue':
    case 'in_collections':
  }
  const checkout = checkoutEnd(state, null);
  const claimStatus = pendingClaims.length > 0 ? { paymentClaimStatus: 'resolved' } : {};
  const changes: Changes = {
    outcome: 'cancelled',
    invoice: {
      id,
      fields: {
        status: 'cancelled',
        nextActionAt: null,
        cancelledAt: now,
        ...checkout.fields,
        ...claimStatus,
      },
    },
    resolvedClaims: pendingClaims,
    claimsResolvedBy: 'cancellation',
    ...(checkout.checkoutExpiry === undefined ? {} : { checkoutExpiry: checkout.checkoutExpiry }),
    ...(escalation === null || escalation.closedAt != null ? {} : chaseEnd(state, now)),
    ...(invoice.status === 'draft'
      ? {}
      : {
          outbox: debtorMessage(state, freelancer, 'invoice_cancelled', id, {
            amount: invoice.amount,
            currency: invoice.currency,
          }),
        }),
  };
  return changed(changes);
}

function chaseEnd({ id, escalation }: InvoiceState, now: Date): Pick<Changes, 'escalation' | 'timeline'> {
  if (escalation === null) return {};
  return {
    escalation: { invoiceId: id, value: { ...escalation, closedAt: now, closedReason: 'cancelled' } },
    timeline: [
      {
        id: `${id}_closed_cancelled`,
        invoiceId: id,
        freelancerId: escalation.freelancerId,
        level: escalation.currentLevel,
        eventType: 'closed',
        message: 'The invoice is cancelled.',
      },
    ],
  };
}

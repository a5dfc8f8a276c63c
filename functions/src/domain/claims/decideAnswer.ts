import { type Changes } from '../changes';
import { type Decision, changed, refused } from '../decision';
import { debtorMessage } from '../messages/debtorMessage';
import { type ClaimRejection } from '../messages/templates/claimRejection';
import { formatMoney } from '../money/formatMoney';
import { ledgerTotals } from '../money/paymentLedger';
import { type Freelancer } from '../payment/decidePayment';
import { type InvoiceState } from '../payment/invoiceConsequences';
import { endClaimPause } from './endClaimPause';
import { type PaymentClaim } from './paymentClaim';

/** What the freelancer says to a claim. */
export type ClaimAnswer =
  /** `amount`: minor units that arrived; may be a part of what was claimed. */
  | { readonly decision: 'verified'; readonly amount: number }
  | { readonly decision: 'rejected'; readonly reason: ClaimRejection };

/** Whether a claim can still be answered, was answered just so, or why it can not be. */
export function answerable(claim: PaymentClaim, answer: ClaimAnswer): 'yes' | 'answered_so' | Decision {
  switch (claim.status) {
    case 'pending_verification':
      return 'yes';
    case 'verified':
      return answer.decision === 'verified' && claim.verifiedAmount === answer.amount
        ? 'answered_so'
        : refused('This claim was confirmed already.');
    case 'rejected':
      return answer.decision === 'rejected' && claim.rejectionReason === answer.reason
        ? 'answered_so'
        : refused('This claim was rejected already.');
    case 'resolved':
      return refused(
        claim.resolvedBy === 'cancellation'
          ? 'The invoice was cancelled, so there is nothing to answer.'
          : 'The invoice was paid meanwhile, so there is nothing to answer.',
      );
    case 'expired':
      return refused('The time to answer has passed. If the money has arrived, record the payment.');
  }
}

/** What a confirmed claim brings with it beside its payment, in the payment's own commit. */
export function withVerifiedClaim(
  changes: Changes,
  before: InvoiceState,
  claim: { readonly id: string; readonly amount: number },
  freelancer: Freelancer | null,
  now: Date,
): Changes {
  const { id } = before;
  const fields = changes.invoice?.fields;
  const invoice = { ...before.invoice, ...fields };
  const state = changes.escalation?.value ?? before.escalation;
  const end = endClaimPause(id, invoice, state, 'The payment is confirmed.', now);
  const outstanding = Math.max(0, invoice.amount - ledgerTotals(invoice.payments ?? {}).net);
  return {
    ...changes,
    invoice: { id, fields: { ...fields, ...end.fields, paymentClaimStatus: 'verified' } },
    ...(end.escalation === undefined ? {} : { escalation: end.escalation }),
    claim: {
      id: claim.id,
      isNew: false,
      fields: { status: 'verified', verifiedAmount: claim.amount, answeredAt: now },
    },
    timeline: [...(changes.timeline ?? []), ...end.timeline],
    outbox: [
      ...(changes.outbox ?? []),
      ...debtorMessage(before, freelancer, 'claim_verified', claim.id, {
        amount: claim.amount,
        currency: invoice.currency,
        outstanding,
      }),
    ],
  };
}

/** The freelancer has found no such payment: the debtor is told why, and the chase goes on. */
export function decideRejection(
  state: InvoiceState,
  claimId: string,
  claim: PaymentClaim,
  reason: ClaimRejection,
  freelancer: Freelancer | null,
  now: Date,
): Decision {
  const { id, invoice, escalation } = state;
  const money = formatMoney(claim.amount, claim.currency);
  const end = endClaimPause(id, invoice, escalation, `The payment of ${money} was not confirmed.`, now);
  return changed({
    outcome: 'claim_rejected',
    claim: {
      id: claimId,
      isNew: false,
      fields: { status: 'rejected', rejectionReason: reason, answeredAt: now },
    },
    invoice: { id, fields: { ...end.fields, paymentClaimStatus: 'rejected' } },
    ...(end.escalation === undefined ? {} : { escalation: end.escalation }),
    timeline: end.timeline,
    outbox: debtorMessage(state, freelancer, 'claim_rejected', claimId, {
      amount: claim.amount,
      currency: claim.currency,
      reason,
    }),
  });
}

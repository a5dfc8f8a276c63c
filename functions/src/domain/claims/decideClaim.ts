import { type Decision, changed, refused } from '../decision';
import { nextActionAt } from '../escalation/nextActionAt';
import { pauseChase } from '../escalation/pauseChase';
import { initialEscalationState } from '../invoice/escalationState';
import { debtorMessage } from '../messages/debtorMessage';
import { formatMoney } from '../money/formatMoney';
import { type Freelancer, freelancerNotice } from '../payment/decidePayment';
import { type InvoiceState } from '../payment/invoiceConsequences';
import { claimIdOf, MOST_CLAIMS, type PaymentClaim } from './paymentClaim';

/** How long the freelancer has to look whether the money came. */
const VERIFY_WITHIN_MS = 48 * 60 * 60 * 1000;

/** What a debtor says of a payment. */
export type SaidPayment = Pick<PaymentClaim, 'amount' | 'method' | 'clientEmail'> & {
  readonly paidOn: string;
  readonly reference: string | null;
};

/** A claim that was made, or made before: the answer is the same. */
export type ClaimDecision = Decision & { readonly claimId?: string; readonly deadline?: Date };

/**
 * A debtor says that he has paid: the chase stops at once, and the freelancer is asked.
 *
 * @param earlier his claims on this invoice so far, the first one first
 */
export function decideClaim(
  state: InvoiceState,
  freelancer: Freelancer | null,
  earlier: readonly PaymentClaim[],
  said: SaidPayment,
  now: Date,
): ClaimDecision {
  const { id, invoice } = state;
  const open = earlier.findIndex(({ status }) => status === 'pending_verification');
  const pending = earlier[open];
  if (pending !== undefined) {
    return isSame(pending, said)
      ? { kind: 'unchanged', claimId: claimIdOf(id, open + 1), deadline: pending.verificationDeadline }
      : refused('You have told us of a payment already. It is being looked at.');
  }
  const no = whyNot(state);
  if (no !== null) return refused(no);
  if (earlier.length >= MOST_CLAIMS)
    return refused('You have told us of payments twice already. Please contact the business directly.');

  const claimId = claimIdOf(id, earlier.length + 1);
  const deadline = new Date(now.getTime() + VERIFY_WITHIN_MS);
  const { currency, freelancerId, reference } = invoice;
  const sum = { amount: said.amount, currency };
  const money = formatMoney(said.amount, currency);
  return {
    ...changed({
      outcome: 'claimed',
      claim: {
        id: claimId,
        isNew: true,
        fields: {
          ...said,
          invoiceId: id,
          freelancerId,
          currency,
          status: 'pending_verification',
          verificationDeadline: deadline,
          reminded: null,
          createdAt: now,
        },
      },
      ...pauseFor(state, now),
      notifications: [
        {
          id: `claim_to_verify_${claimId}`,
          freelancerId,
          type: 'payment_claim',
          title: 'Your client says it is paid',
          message: `${money} is said to be paid for invoice ${reference}. Please confirm or reject it within 48 hours.`,
        },
      ],
      outbox: [
        ...freelancerNotice(freelancer, 'claim_to_verify', claimId, id, {
          clientName: invoice.clientName ?? null,
          reference,
          ...sum,
          method: said.method,
          paidOn: said.paidOn,
        }),
        ...debtorMessage(state, freelancer, 'claim_received', claimId, sum),
      ],
    }),
    claimId,
    deadline,
  };
}

function whyNot({ invoice: { status } }: InvoiceState): string | null {
  if (status === 'sent' || status === 'overdue' || status === 'in_collections') return null;
  if (status === 'paid') return 'This invoice is paid already.';
  if (status === 'disputed') return 'This invoice is disputed. Please contact the business directly.';
  return 'Nothing is owed on this invoice.';
}

function isSame(claim: PaymentClaim, said: SaidPayment): boolean {
  return (
    claim.amount === said.amount &&
    claim.method === said.method &&
    (claim.paidOn ?? null) === said.paidOn &&
    (claim.reference ?? null) === said.reference
  );
}

/** The invoice says it too, for it is what the send gate and the debtor look at. */
function pauseFor({ id, invoice, escalation }: InvoiceState, now: Date) {
  const state = escalation ?? initialEscalationState(invoice.freelancerId);
  const claimed = { paymentClaimStatus: 'pending_verification' };
  if (state.closedAt != null) return { invoice: { id, fields: claimed } };
  const message = 'The client says that it is paid; reminders are paused.';
  const move = pauseChase(id, state, { reason: 'payment_claim', until: null, message }, now);
  return {
    invoice: { id, fields: { ...claimed, nextActionAt: nextActionAt(invoice, move.state, now) } },
    escalation: { invoiceId: id, value: move.state },
    timeline: [move.row],
  };
}

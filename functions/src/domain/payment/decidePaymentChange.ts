import { type Changes } from '../changes';
import { formatMoney } from '../money/formatMoney';
import { freelancerNotice, type Freelancer } from './decidePayment';
import { checkoutEnd, claimsEnd } from './endsWithPayment';
import { type InvoiceState, invoiceConsequences } from './invoiceConsequences';
import { type Transaction } from './transaction';
import { type PaymentFacts, withFacts } from './withFacts';

/** A payment that we have recorded, with its invoice when it was applied to one. */
export interface RecordedPayment {
  readonly transactionId: string;
  readonly transaction: Transaction;
  readonly state: InvoiceState | null;
  readonly freelancer: Freelancer | null;
  /** Payment claims of the debtor that are waiting for an answer. */
  readonly pendingClaims: readonly string[];
}

/**
 * What a refund or a card dispute does to a payment that we have recorded, and to its invoice.
 *
 * @param causeId the event that tells it, part of the ids of what people are told. The sum would not do: the same sum
 *   is reached again when a refund fails and is made anew.
 */
export function decidePaymentChange(
  payment: RecordedPayment,
  facts: PaymentFacts,
  causeId: string,
  now: Date,
): Changes {
  const { transactionId, transaction, state } = payment;
  const next = withFacts(transaction, facts, now);
  if (next === transaction) return { outcome: 'unchanged' };
  const change = { id: transactionId, value: next };
  if (!transaction.applied || state === null) return { outcome: 'recorded', transaction: change };
  const { invoice, escalation, timeline } = invoiceConsequences(state, transactionId, next, now);
  // Money that comes back (a refund failed, a dispute is won) pays the invoice as a payment does.
  const paidAgain = invoice.fields.status === 'paid' && state.invoice.status !== 'paid';
  const claims = claimsEnd(paidAgain ? payment.pendingClaims : []);
  const checkout = paidAgain ? checkoutEnd(state, null) : { fields: {} };
  return {
    outcome: 'applied',
    transaction: change,
    invoice: { id: invoice.id, fields: { ...invoice.fields, ...checkout.fields, ...claims.fields } },
    ...(escalation === undefined ? {} : { escalation }),
    ...(claims.resolvedClaims === undefined ? {} : { resolvedClaims: claims.resolvedClaims }),
    ...(checkout.checkoutExpiry === undefined ? {} : { checkoutExpiry: checkout.checkoutExpiry }),
    timeline,
    ...tell(payment, state, next, `${transactionId}_${causeId}`),
  };
}

function tell(
  { transaction, freelancer }: RecordedPayment,
  { id: invoiceId, invoice }: InvoiceState,
  next: Transaction,
  cause: string,
): Pick<Changes, 'notifications' | 'outbox'> {
  const about = { freelancerId: invoice.freelancerId };
  const params = { reference: invoice.reference, currency: next.currency };
  if (next.refunded !== transaction.refunded) {
    const failed = next.refunded < transaction.refunded;
    const given = formatMoney(next.refunded, next.currency);
    return {
      notifications: [
        {
          ...about,
          id: `payment_refunded_${cause}`,
          type: failed ? 'refund_failed' : 'payment_refunded',
          title: failed ? 'A refund failed' : 'A payment was refunded',
          message: `${given} of the payment for invoice ${invoice.reference} is refunded now.`,
        },
      ],
      outbox: failed
        ? []
        : freelancerNotice(freelancer, 'payment_refunded', cause, invoiceId, {
            ...params,
            refunded: next.refunded,
          }),
    };
  }
  if (next.status === 'disputed' && transaction.status !== 'disputed') {
    return {
      notifications: [
        {
          ...about,
          id: `payment_disputed_${cause}`,
          type: 'payment_disputed',
          title: 'A payment is disputed',
          message: `The payment for invoice ${invoice.reference} is disputed at the bank. Reminders are paused.`,
        },
      ],
      outbox: freelancerNotice(freelancer, 'payment_disputed', cause, invoiceId, {
        ...params,
        amount: next.disputed,
      }),
    };
  }
  return {};
}

import { type Changes } from '../changes';
import { formatMoney } from '../money/formatMoney';
import { freelancerNotice, type Freelancer } from './decidePayment';
import { type InvoiceState, invoiceConsequences } from './invoiceConsequences';
import { type Transaction } from './transaction';
import { type PaymentFacts, withFacts } from './withFacts';

/** A payment that we have recorded, with its invoice when it was applied to one. */
export interface RecordedPayment {
  readonly transactionId: string;
  readonly transaction: Transaction;
  readonly state: InvoiceState | null;
  readonly freelancer: Freelancer | null;
}

/** What a refund or a card dispute does to a payment that we have recorded, and to its invoice. */
export function decidePaymentChange(payment: RecordedPayment, facts: PaymentFacts, now: Date): Changes {
  const { transactionId, transaction, state } = payment;
  const next = withFacts(transaction, facts, now);
  if (next === transaction) return { outcome: 'unchanged' };
  const change = { id: transactionId, value: next };
  if (!transaction.applied || state === null) return { outcome: 'recorded', transaction: change };
  const { invoice, escalation, timeline } = invoiceConsequences(state, transactionId, next, now);
  return {
    outcome: 'applied',
    transaction: change,
    invoice,
    ...(escalation === undefined ? {} : { escalation }),
    timeline,
    ...tell(payment, state, next),
  };
}

function tell(
  { transactionId, transaction, freelancer }: RecordedPayment,
  { id: invoiceId, invoice }: InvoiceState,
  next: Transaction,
): Pick<Changes, 'notifications' | 'outbox'> {
  const about = { freelancerId: invoice.freelancerId };
  const params = { reference: invoice.reference, currency: next.currency };
  if (next.refunded !== transaction.refunded) {
    // The sum is part of the id: the same refund told twice is one notice, a second refund is another.
    const cause = `${transactionId}_${next.refunded}`;
    const failed = next.refunded < transaction.refunded;
    const given = formatMoney(next.refunded, next.currency);
    return {
      notifications: [
        {
          ...about,
          id: `payment_refunded_${cause}${failed ? '_failed' : ''}`,
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
    const cause = `${transactionId}_${Object.keys(next.disputes).length}`;
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

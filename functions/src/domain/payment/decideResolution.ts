import { type Decision } from '../decision';
import { applyPayment, type Freelancer } from './decidePayment';
import { type InvoiceState } from './invoiceConsequences';
import { type Transaction } from './transaction';

/** An unapplied payment, and the invoice that an operator says it is for. */
export interface Unapplied {
  readonly transactionId: string;
  readonly transaction: Transaction;
  readonly state: InvoiceState;
  readonly freelancer: Freelancer | null;
  /** The account that the money went to belongs to another freelancer. */
  readonly accountIsForeign: boolean;
  /** Payment claims of the debtor that are waiting for an answer. */
  readonly pendingClaims: readonly string[];
}

/**
 * Applies a payment that could not be applied by itself, as if it had just come in for this invoice: what was given back
 * or disputed since is in its facts. An operator may know better than the metadata whose it is; that test money, another
 * currency or another freelancer's money pays nothing he can not change.
 */
export function decideResolution(unapplied: Unapplied, now: Date): Decision {
  const { transactionId, transaction, state, freelancer, pendingClaims } = unapplied;
  const reason = refusalOf(unapplied);
  if (reason !== null) return { kind: 'refused', reason };
  const payment = { transactionId, transaction: withoutReason(transaction), sessionId: null };
  return { kind: 'changed', changes: applyPayment(payment, { freelancer, pendingClaims, now }, state) };
}

function refusalOf({ transaction, state, accountIsForeign }: Unapplied): string | null {
  const { invoice } = state;
  if (transaction.reason === 'livemode_mismatch') return 'This payment was made in the other mode of Stripe.';
  if (transaction.status === 'pending' || transaction.status === 'failed')
    return 'This payment has not succeeded.';
  if (transaction.refunded >= transaction.amount) return 'This payment was given back.';
  if (transaction.currency !== invoice.currency)
    return `The invoice is in ${invoice.currency}, the payment in ${transaction.currency}.`;
  if (accountIsForeign) return 'The money is on the account of another freelancer.';
  if (invoice.status === 'draft') return 'The invoice is not sent yet.';
  if (invoice.status === 'cancelled') return 'The invoice is cancelled.';
  return null;
}

function withoutReason(transaction: Transaction): Transaction {
  const applied = { ...transaction };
  delete applied.reason;
  return applied;
}

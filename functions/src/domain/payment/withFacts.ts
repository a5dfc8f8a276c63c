import { disputeRank, isDisputeOpen } from './disputeRank';
import { type LedgerEntry } from '../money/paymentLedger';
import { type Transaction } from './transaction';

/** What an event or Stripe itself tells of a payment that we have recorded. */
export type PaymentFacts =
  | {
      readonly kind: 'refunded';
      /** Minor units given back so far, all refunds together. */
      readonly refunded: number;
      /** `stripe`: asked just now, so it holds as it is. `event`: a picture of the past that may come late. */
      readonly source: 'stripe' | 'event';
      readonly refundFailed: boolean;
    }
  | {
      readonly kind: 'disputed';
      readonly disputeId: string;
      readonly status: string;
      readonly amount: number;
    };

/**
 * The payment with the facts taken in, or the same object when they say nothing new. Repeated, late and reordered
 * facts all end in the same state. An answer of Stripe always makes a new object: writing it down keeps a slower
 * runner, which asked before us, from writing its older answer over ours.
 */
export function withFacts(transaction: Transaction, facts: PaymentFacts, now: Date): Transaction {
  const next = facts.kind === 'refunded' ? withRefund(transaction, facts) : withDispute(transaction, facts);
  return next === transaction ? transaction : { ...next, status: statusOf(next), updatedAt: now };
}

function withRefund(transaction: Transaction, facts: PaymentFacts & { kind: 'refunded' }): Transaction {
  // Without a failed refund the sum only rises, so of two pictures the larger one is the later.
  const refunded =
    facts.source === 'stripe' ? facts.refunded : Math.max(transaction.refunded, facts.refunded);
  const refundFailed = transaction.refundFailed || facts.refundFailed;
  const changed = refunded !== transaction.refunded || refundFailed !== transaction.refundFailed;
  if (!changed && facts.source === 'event') return transaction;
  return { ...transaction, refunded: Math.min(refunded, transaction.amount), refundFailed };
}

function withDispute(transaction: Transaction, facts: PaymentFacts & { kind: 'disputed' }): Transaction {
  const known = Object.hasOwn(transaction.disputes, facts.disputeId)
    ? transaction.disputes[facts.disputeId]
    : undefined;
  if (known !== undefined && disputeRank(facts.status) <= disputeRank(known.status)) return transaction;
  const disputes = {
    ...transaction.disputes,
    [facts.disputeId]: { status: facts.status, amount: facts.amount },
  };
  const disputed = Object.values(disputes)
    .filter((dispute) => countsAsDisputed(dispute.status))
    .reduce((sum, dispute) => sum + dispute.amount, 0);
  return { ...transaction, disputes, disputed: Math.min(disputed, transaction.amount) };
}

function countsAsDisputed(status: string): boolean {
  return isDisputeOpen(status) || status === 'lost';
}

function statusOf(transaction: Transaction): Transaction['status'] {
  const disputed = Object.values(transaction.disputes).some((dispute) => countsAsDisputed(dispute.status));
  if (disputed) return 'disputed';
  if (transaction.refunded > 0 && transaction.refunded >= transaction.amount) return 'refunded';
  return 'completed';
}

/** The line that an applied payment has in its invoice's ledger. */
export function ledgerEntryOf(transaction: Transaction): LedgerEntry {
  return {
    amount: transaction.amount,
    refunded: transaction.refunded,
    // A payment that was refunded and then lost in a dispute was not given back twice.
    disputed: Math.min(transaction.disputed, transaction.amount - transaction.refunded),
    disputeOpen: Object.values(transaction.disputes).some((dispute) => isDisputeOpen(dispute.status)),
  };
}

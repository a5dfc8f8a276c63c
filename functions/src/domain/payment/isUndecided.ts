import { type Transaction } from './transaction';

/** Whether money has come in that fitted no invoice, was not given back, and of which nobody has said what it pays. */
export function isUndecided(
  transaction: Pick<Transaction, 'applied' | 'resolution' | 'refunded' | 'amount'>,
): boolean {
  const { applied, resolution, refunded, amount } = transaction;
  return !applied && resolution == null && refunded < amount;
}

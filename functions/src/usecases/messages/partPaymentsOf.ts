import { type Firestore } from 'firebase-admin/firestore';
import { type PartPayment } from '../../domain/interest/simpleInterest';
import { type Invoice } from '../../domain/invoice/invoice';
import { londonDay } from '../../domain/londonDay';
import { transactionSchema } from '../../domain/payment/transaction';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';

/**
 * The payments of an invoice with their days. The invoice's ledger holds the sums; when each came stands on its
 * transaction. What was given back counts as never paid. An invoice without payments costs no read.
 */
export async function partPaymentsOf(
  db: Firestore,
  unit: UnitOfWork,
  invoice: Invoice,
): Promise<PartPayment[]> {
  const entries = Object.entries(invoice.payments ?? {});
  if (entries.length === 0) return [];
  const rows = await unit.read(...entries.map(([id]) => collections.transaction(db, id)));
  return rows.flatMap((row, n) => {
    const [, entry] = entries[n] ?? [];
    const transaction = decode(transactionSchema, row);
    if (entry === undefined || transaction === null) return [];
    const amount = entry.amount - entry.refunded - entry.disputed;
    // What a person has told us of may have come weeks before we heard of it.
    return [{ day: transaction.paidOn ?? londonDay(transaction.createdAt), amount }];
  });
}

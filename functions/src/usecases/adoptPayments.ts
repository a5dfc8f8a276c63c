import { type Firestore } from 'firebase-admin/firestore';
import { type Invoice } from '../domain/invoice/invoice';
import { type LedgerEntry } from '../domain/money/paymentLedger';
import { transactionSchema } from '../domain/payment/transaction';
import { ledgerEntryOf } from '../domain/payment/withFacts';
import { collections } from '../store/collections';
import { decode } from '../store/decode';

/**
 * The invoice with its payment ledger. One that has taken payments but has no ledger comes from before there was one
 * (an import, a restored backup): its ledger is then built from its transactions, once, for the next write stores it.
 */
export async function adoptPayments(db: Firestore, invoiceId: string, invoice: Invoice): Promise<Invoice> {
  if (invoice.payments !== undefined || invoice.amountPaid === 0) return invoice;
  const payments: Record<string, LedgerEntry> = {};
  const rows = await collections.transactionsOfInvoice(db, invoiceId).get();
  for (const row of rows.docs) {
    const transaction = decode(transactionSchema, row);
    if (transaction.applied) payments[row.id] = ledgerEntryOf(transaction);
  }
  return { ...invoice, payments };
}

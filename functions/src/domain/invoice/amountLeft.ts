import { ledgerTotals } from '../money/paymentLedger';
import { type Invoice } from './invoice';

/** What is still owed on an invoice, minor units; 0 when nothing is, or when its status asks for no money. */
export function amountLeft(invoice: Invoice): number {
  if (invoice.status !== 'sent' && invoice.status !== 'overdue' && invoice.status !== 'in_collections')
    return 0;
  return Math.max(0, invoice.amount - ledgerTotals(invoice.payments ?? {}).net);
}

import { type InvoiceStatus } from './invoice';

const VISIBLE: ReadonlySet<InvoiceStatus> = new Set([
  'sent',
  'overdue',
  'in_collections',
  'paid',
  'disputed',
  'refunded',
]);

/** Whether the debtor may know of an invoice in this status: not while it is a draft, not once it is cancelled. */
export function isVisibleToDebtor(status: InvoiceStatus): boolean {
  return VISIBLE.has(status);
}

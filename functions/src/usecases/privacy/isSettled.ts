import { type DocumentSnapshot } from 'firebase-admin/firestore';

/** Statuses of an invoice that is a claim still: what it needs is kept. Drafts carry no contact data. */
const OPEN: readonly unknown[] = ['sent', 'overdue', 'in_collections', 'disputed'];

/** Whether an invoice needs its contact data no more; one that is gone does not either. */
export function isSettled(invoice: DocumentSnapshot): boolean {
  return !OPEN.includes(invoice.get('status'));
}

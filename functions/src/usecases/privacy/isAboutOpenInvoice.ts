import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { isSettled } from './isSettled';

/** Whether a row is about an invoice that is a claim still. */
export async function isAboutOpenInvoice({ db }: Pick<Deps, 'db'>, row: DocumentSnapshot): Promise<boolean> {
  const invoiceId: unknown = row.get('invoiceId');
  if (typeof invoiceId !== 'string' || invoiceId === '') return false;
  return !isSettled(await collections.invoice(db, invoiceId).get());
}

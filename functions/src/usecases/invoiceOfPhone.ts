import { Timestamp } from 'firebase-admin/firestore';
import { collections } from '../store/collections';
import { contactSetting } from './contact/contactSetting';
import { type Deps } from './deps';
import { recipientHashesOf } from './recipientHashOf';

export interface InvoiceOfPhone {
  readonly invoiceId: string;
  readonly freelancerId: string;
  readonly reference: string;
}

/** Most invoices that are looked at. Where there are more, nobody knows whose they all are. */
const MOST = 500;

/**
 * The newest open invoice of a number, if all its open invoices are one freelancer's: what a debtor answers must never
 * reach another creditor of his. Null when there is none, or it is not certain.
 */
export async function invoiceOfPhone(
  deps: Pick<Deps, 'db' | 'config'>,
  phone: string,
): Promise<InvoiceOfPhone | null> {
  const { db } = deps;
  const { looksForClear, looksForSealed } = await contactSetting(deps);
  const found = await Promise.all(
    [
      ...(looksForClear ? [collections.openInvoicesOfPhone(db, phone)] : []),
      ...(looksForSealed
        ? [collections.openInvoicesOfPhoneHash(db, recipientHashesOf(deps, 'sms', phone))]
        : []),
    ].map((query) => query.select('freelancerId', 'reference', 'sentAt').limit(MOST).get()),
  );
  const open = found.flatMap(({ docs }) => docs);
  if (open.length >= MOST) return null;
  const [newest] = [...open].sort((a, b) => sentMillis(b.get('sentAt')) - sentMillis(a.get('sentAt')));
  const freelancerId: unknown = newest?.get('freelancerId');
  if (newest === undefined || typeof freelancerId !== 'string') return null;
  if (open.some((invoice) => invoice.get('freelancerId') !== freelancerId)) return null;
  return { invoiceId: newest.id, freelancerId, reference: String(newest.get('reference') ?? '') };
}

function sentMillis(sentAt: unknown): number {
  return sentAt instanceof Timestamp ? sentAt.toMillis() : 0;
}

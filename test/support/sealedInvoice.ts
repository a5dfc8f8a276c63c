import { type DocumentData } from 'firebase-admin/firestore';

/** A sent invoice whose debtor's address is sealed, with a key that nobody has: only its hash is of use. */
export function sealedInvoice(freelancerId: string, clientEmailHash: string): DocumentData {
  return {
    freelancerId,
    clientEmail: 's1.1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA',
    clientEmailHash,
    status: 'sent',
    dueDate: '2099-01-01',
  };
}

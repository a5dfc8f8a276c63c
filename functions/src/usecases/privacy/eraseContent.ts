import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { isAboutOpenInvoice } from './isAboutOpenInvoice';
import { isToFreelancer } from './isToFreelancer';

/**
 * Of a message that is done with the address and the values go; that it was sent is kept until it expires. One that is
 * not done with needs them, and so does the claim of an open invoice.
 */
export async function eraseContent(
  deps: Pick<Deps, 'db'>,
  row: DocumentSnapshot,
): Promise<'contents_erased' | 'contents_kept'> {
  if (row.get('expiresAt') == null) return 'contents_kept';
  if (!isToFreelancer(row) && (await isAboutOpenInvoice(deps, row))) return 'contents_kept';
  await collections.privatePart(row.ref, 'content').delete();
  return 'contents_erased';
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { type Invoice } from '../../domain/invoice/invoice';
import { addresseeOf } from '../../domain/messages/addresseeOf';
import { PermanentFailure } from '../../platform/errors';
import { collections } from '../../store/collections';
import { openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';
import { type GateMessage } from './gateRefs';

/**
 * Where a "no" to a message may stand under an e-mail address: its own, or, of a text message, that of its invoice's
 * debtor, who may have objected to being contacted at all. An invoice does not change whom it is for once it is sent.
 *
 * @throws TransientFailure `contact_key_unavailable`
 */
export async function suppressionRefs(
  deps: Pick<Deps, 'db' | 'config'>,
  message: GateMessage,
  invoice: Invoice | null,
): Promise<readonly DocumentReference[]> {
  const hashes = message.channel === 'email' ? message.hashes : await debtorHashes(deps, message, invoice);
  return hashes.map((hash) => collections.emailSuppression(deps.db, hash));
}

async function debtorHashes(
  deps: Pick<Deps, 'db' | 'config'>,
  { class: messageClass, invoiceId }: GateMessage,
  invoice: Invoice | null,
): Promise<readonly string[]> {
  if (invoiceId === null || invoice === null || addresseeOf(messageClass) === 'freelancer') return [];
  try {
    const email = await openDebtor(deps, invoiceId, invoice, 'email');
    return email === null ? [] : recipientHashesOf(deps, 'email', email);
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    // It can not be read any more. By its hash it is still known, under the key of its day.
    return invoice.clientEmailHash == null ? [] : [invoice.clientEmailHash];
  }
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { addresseeOf } from '../../domain/messages/addresseeOf';
import { type MessageClass } from '../../domain/messages/messageTemplates';

/** Whether a message went, or goes, to a freelancer: no claim against a debtor rests on it. */
export function isToFreelancer(row: DocumentSnapshot): boolean {
  return addresseeOf(row.get('class') as MessageClass) === 'freelancer';
}

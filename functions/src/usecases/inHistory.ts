import { FieldValue } from 'firebase-admin/firestore';
import { type HistoryEntry } from '../domain/messages/outboxRow';

/** The value of `history` that adds an entry to what an item has been through. */
export function inHistory(entry: HistoryEntry): FieldValue {
  return FieldValue.arrayUnion(entry);
}

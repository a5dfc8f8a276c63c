import { type DocumentSnapshot } from 'firebase-admin/firestore';

const OPEN: readonly unknown[] = ['pending_retry', 'retrying', 'dead_letter'];

/**
 * Whether the record of an event's failure is still to come to something: a retry, or a person's replay. Looks at the
 * status alone, as whatever reads a record that may not fit its schema.
 */
export function isOpenFailure(failedWebhook: DocumentSnapshot): boolean {
  return OPEN.includes(failedWebhook.get('status'));
}

import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';

/**
 * When an event that failed was first received; null when it never failed. Read by itself: a record of a failure that
 * does not fit its schema must not keep the event from being applied.
 */
export function receivedAtOf(failedWebhook: DocumentSnapshot): Date | null {
  const receivedAt: unknown = failedWebhook.get('receivedAt');
  return receivedAt instanceof Timestamp ? receivedAt.toDate() : null;
}

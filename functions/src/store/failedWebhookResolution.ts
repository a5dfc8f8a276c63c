import { type DocumentData, type DocumentSnapshot } from 'firebase-admin/firestore';
import { retentionMs } from '../domain/privacy/expiry';

/** Rows that a person is done with stay this long; no other row ever expires. */
export const RESOLVED_RETENTION_MS = retentionMs('failedWebhooks');

/**
 * How an event's success, on whatever path, ends the record of its failure; null when there is none to end. Looks at
 * the status alone: a record of a failure that does not fit its schema must not keep the event itself from being applied.
 */
export function failedWebhookResolution(snapshot: DocumentSnapshot, now: Date): DocumentData | null {
  if (!snapshot.exists || snapshot.get('status') === 'resolved') return null;
  return {
    status: 'resolved',
    nextRetryAt: null,
    leaseUntil: null,
    leaseOwner: null,
    updatedAt: now,
    resolvedAt: now,
    expiresAt: new Date(now.getTime() + RESOLVED_RETENTION_MS),
  };
}

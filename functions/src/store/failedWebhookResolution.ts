import { type DocumentData, type DocumentSnapshot } from 'firebase-admin/firestore';
import { failedWebhookSchema } from '../domain/webhooks/failedWebhook';
import { decode } from './decode';

/** Rows that a person is done with stay this long; no other row ever expires. */
const RESOLVED_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;

/** How an event's success, on whatever path, ends the record of its failure; null when there is none to end. */
export function failedWebhookResolution(snapshot: DocumentSnapshot, now: Date): DocumentData | null {
  const row = decode(failedWebhookSchema, snapshot);
  if (row === null || row.status === 'resolved') return null;
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

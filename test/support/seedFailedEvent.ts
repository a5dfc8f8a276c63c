import { gzipSync } from 'node:zlib';
import { type DocumentData, type DocumentReference, type Firestore } from 'firebase-admin/firestore';

/** Records a failure of a callback as an earlier delivery would have; due now unless told otherwise. */
export async function seedFailedEvent(
  db: Firestore,
  event: {
    readonly source: 'twilio' | 'sendgrid' | 'clerk';
    readonly eventId: string;
    readonly bytes: string;
  },
  fields: DocumentData = {},
): Promise<DocumentReference> {
  const { source, eventId, bytes } = event;
  const ref = db.doc(`failed_webhooks/${source}_${eventId}`);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await db
    .batch()
    .set(ref, {
      source,
      eventId,
      eventType: 'seeded',
      status: 'pending_retry',
      attempts: 1,
      maxAttempts: 8,
      nextRetryAt: new Date(Date.now() - 60_000),
      leaseUntil: null,
      leaseOwner: null,
      lastError: { code: 'contention', message: 'Too many others are writing the same records.' },
      receivedAt: anHourAgo,
      createdAt: anHourAgo,
      updatedAt: anHourAgo,
      ...fields,
    })
    .set(ref.collection('private').doc('payload'), { bytes: gzipSync(bytes), chunks: 1 })
    .commit();
  return ref;
}

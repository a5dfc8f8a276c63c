import { gunzipSync, gzipSync } from 'node:zlib';
import { type DocumentReference, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { type StripeEvent } from './stripePayment';

export type Row = Readonly<Record<string, unknown>>;

/** Where the failure of an event is recorded. */
export function rowRef(db: Firestore, { id }: Pick<StripeEvent, 'id'>): DocumentReference {
  return db.doc(`failed_webhooks/stripe_${id}`);
}

/** The record of an event's failure; fails when there is none. */
export async function rowOf(db: Firestore, event: Pick<StripeEvent, 'id'>): Promise<Row> {
  const data = (await rowRef(db, event).get()).data();
  if (data === undefined) throw new Error(`failed_webhooks/stripe_${event.id} does not exist`);
  return data;
}

/** The bytes that are kept for an event, as they came, whatever number of documents holds them. */
export async function keptBytes(db: Firestore, event: Pick<StripeEvent, 'id'>): Promise<string> {
  const parts = await rowRef(db, event).collection('private').orderBy('__name__').get();
  return gunzipSync(Buffer.concat(parts.docs.map((part) => part.get('bytes') as Buffer))).toString('utf8');
}

/** Records a failure as an earlier delivery would have; due now unless told otherwise. */
export async function seedFailure(
  db: Firestore,
  event: StripeEvent,
  fields: Record<string, unknown> = {},
): Promise<void> {
  const ref = rowRef(db, event);
  await db
    .batch()
    .set(ref, {
      source: 'stripe',
      eventId: event.id,
      eventType: event['type'],
      status: 'pending_retry',
      attempts: 1,
      maxAttempts: 8,
      nextRetryAt: new Date(Date.now() - 60_000),
      leaseUntil: null,
      leaseOwner: null,
      lastError: { code: 'stripe_unavailable', message: 'Stripe can not be asked right now.' },
      createdAt: new Date(Date.now() - 120_000),
      updatedAt: new Date(Date.now() - 120_000),
      ...fields,
    })
    .set(ref.collection('private').doc('payload'), { bytes: gzipSync(JSON.stringify(event)), chunks: 1 })
    .commit();
}

/** Milliseconds from `since` to the row's next retry. */
export function untilRetry(row: Row, since: Date = new Date()): number {
  const at = row['nextRetryAt'];
  if (!(at instanceof Timestamp)) throw new Error(`nextRetryAt is ${JSON.stringify(at)}`);
  return at.toMillis() - since.getTime();
}

import { type DocumentData, type DocumentReference, type Firestore } from 'firebase-admin/firestore';
import { addressHash } from '../../functions/src/platform/addressHash';
import { invoiceParams } from './invoiceParams';
import { localSetting } from './sandboxSettings';
import { newId } from './stripeEvents';

/** The hash under which the functions know an address. */
export function hashOf(channel: 'email' | 'sms', address: string): string {
  return addressHash(localSetting('ADDRESS_HASH_KEY'), channel, address);
}

/** A message in the outbox, being sent unless told otherwise. @returns where it is */
export async function seedMessage(
  db: Firestore,
  channel: 'email' | 'sms',
  to: string,
  fields: DocumentData = {},
): Promise<DocumentReference> {
  const ref = db.doc(`outbox/${newId('msg')}`);
  const params = { ...invoiceParams, dueDate: '2026-01-31' };
  await db
    .batch()
    .set(ref, {
      class: 'dunning',
      channel,
      template: 'gentle',
      level: 'gentle',
      invoiceId: null,
      freelancerId: null,
      status: 'sending',
      reason: null,
      attempts: 1,
      attemptId: 'attempt-1',
      claimedAt: new Date(),
      leaseUntil: new Date(Date.now() + 60_000),
      notBefore: null,
      dueAt: null,
      providerMessageId: null,
      recipientHash: hashOf(channel, to),
      createdAt: new Date(),
      updatedAt: new Date(),
      ...fields,
    })
    .set(ref.collection('private').doc('content'), { to, params })
    .commit();
  return ref;
}

/** A message that waits to be sent. */
export function seedWaiting(
  db: Firestore,
  channel: 'email' | 'sms',
  to: string,
  fields: DocumentData = {},
): Promise<DocumentReference> {
  return seedMessage(db, channel, to, {
    status: 'pending',
    attempts: 0,
    attemptId: null,
    claimedAt: null,
    leaseUntil: null,
    dueAt: new Date(Date.now() + 120_000),
    ...fields,
  });
}

import { type Firestore } from 'firebase-admin/firestore';
import { type OutboxItem } from '../domain/messages/outboxItem';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';

/**
 * Queues a message in the same commit as what causes it. Its id must not exist: one that was sent is never put back.
 * Address and values lie apart, where no client can read them.
 */
export function queueMessage(db: Firestore, unit: UnitOfWork, item: OutboxItem, now: Date): void {
  const { id, to, params, ...row } = item;
  const ref = collections.outbox(db, id);
  unit.create(ref, {
    ...row,
    status: 'pending',
    reason: null,
    attempts: 0,
    leaseUntil: null,
    notBefore: null,
    providerMessageId: null,
    createdAt: now,
    updatedAt: now,
  });
  unit.create(collections.privatePart(ref, 'content'), { to, params });
}

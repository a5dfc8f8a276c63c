import { messageTemplates } from '../domain/messages/messageTemplates';
import { type OutboxItem } from '../domain/messages/outboxItem';
import { TRIGGER_GRACE_MS } from '../domain/messages/sendPolicy';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { recipientHashOf } from './recipientHashOf';

/**
 * Queues a message in the same commit as what causes it. Its id must not exist: one that was sent is never put back.
 * Address and values lie apart, where no client can read them; those of a reminder come with its claim.
 */
export function queueMessage(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  item: OutboxItem,
  now: Date,
): void {
  const { id, to, params, level = null, notBefore = null, quotaMonth = null, ...row } = item;
  const ref = collections.outbox(deps.db, id);
  unit.create(ref, {
    ...row,
    class: messageTemplates[item.template].class,
    level,
    quotaMonth,
    status: 'pending',
    reason: null,
    attempts: 0,
    leaseUntil: null,
    notBefore,
    // The trigger takes it to its queue at once; the dispatcher looks whether it did.
    dueAt: notBefore ?? new Date(now.getTime() + TRIGGER_GRACE_MS),
    providerMessageId: null,
    wordedLate: params === null,
    recipientHash: recipientHashOf(deps, item.channel, to),
    createdAt: now,
    updatedAt: now,
  });
  if (params !== null) unit.create(collections.privatePart(ref, 'content'), { to, params });
}

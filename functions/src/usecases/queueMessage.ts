import { addresseeOf } from '../domain/messages/addresseeOf';
import { messageTemplates } from '../domain/messages/messageTemplates';
import { type OutboxItem } from '../domain/messages/outboxItem';
import { TRIGGER_GRACE_MS } from '../domain/messages/sendPolicy';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { isSealed } from '../platform/sealedValue';
import { lastContactSetting } from './contact/contactSetting';
import { type Deps } from './deps';
import { recipientHashOf } from './recipientHashOf';

/**
 * Queues a message in the same commit as what causes it. Its id must not exist: one that was sent is never put back.
 * Address and values lie apart, where no client can read them; those of a reminder come with its claim. Once contact data
 * is sealed the item says whose address it is instead, and the claim looks it up.
 */
export function queueMessage(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  item: OutboxItem,
  now: Date,
): void {
  const { id, to, toHash, params, level = null, notBefore = null, quotaMonth = null, ...row } = item;
  const { class: messageClass } = messageTemplates[item.template];
  const named = isSealed(to) || lastContactSetting(deps).writes === 'sealed';
  const ref = collections.outbox(deps.db, id);
  unit.create(ref, {
    ...row,
    class: messageClass,
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
    ...(named ? { addressee: addresseeOf(messageClass) } : {}),
    recipientHash: (isSealed(to) ? toHash : undefined) ?? recipientHashOf(deps, item.channel, to),
    createdAt: now,
    updatedAt: now,
  });
  if (params !== null)
    unit.create(collections.privatePart(ref, 'content'), named ? { params } : { to, params });
}

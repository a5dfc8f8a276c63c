import { type Query } from 'firebase-admin/firestore';
import * as z from 'zod';
import { type QueueSizes } from '../../domain/queues/queueAlerts';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts what waits, and how long the oldest has waited. A count costs one read for a thousand. */
export async function measureQueues({ db }: Pick<Deps, 'db'>, now: Date): Promise<QueueSizes> {
  const webhooks = (status: 'pending_retry' | 'retrying' | 'dead_letter'): Query =>
    collections.failedWebhooksBy(db, status);
  const messages = (status: 'pending' | 'sending'): Query => collections.messagesBy(db, status);
  return {
    webhooks_pending_retry: await size(webhooks('pending_retry')),
    webhooks_retrying: await size(webhooks('retrying')),
    webhooks_dead_letter: await size(webhooks('dead_letter')),
    webhooks_late_seconds: await ageOfFirst(collections.dueWebhooks(db, now), 'nextRetryAt', now),
    webhooks_oldest_dead_letter_seconds: await ageOfFirst(webhooks('dead_letter'), 'createdAt', now),
    messages_pending: await size(messages('pending')),
    messages_sending: await size(messages('sending')),
    // Those that are looked up again within a day: all that are not final.
    messages_unknown: await size(collections.unknownMessages(db, new Date(now.getTime() + DAY_MS))),
    messages_late_seconds: await ageOfFirst(collections.dueMessages(db, now), 'dueAt', now),
    messages_oldest_pending_seconds: await ageOfFirst(messages('pending'), 'createdAt', now),
    payments_unapplied: await size(collections.unappliedPayments(db)),
  };
}

async function size(query: Query): Promise<number> {
  return (await query.count().get()).data().count;
}

const instants = z.record(z.string(), z.unknown());

/** Whole seconds since that instant of the first document; 0 when there is none. */
async function ageOfFirst(query: Query, field: string, now: Date): Promise<number> {
  const [first] = (await query.limit(1).get()).docs;
  const instant = first === undefined ? undefined : decode(instants, first)[field];
  return instant instanceof Date ? Math.max(0, Math.floor((now.getTime() - instant.getTime()) / 1000)) : 0;
}

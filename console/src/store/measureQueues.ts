import { type Firestore, getCountFromServer, getDocsFromServer, type Query } from 'firebase/firestore';
import { queries } from './queries';
import { rows } from './rows';

/**
 * Counts what waits, and since when, as maintain-queues does every hour. Counting costs a read for a thousand, so about ten
 * in all.
 *
 * @throws the SDK's error when the server cannot be asked: what the page has in memory is not what waits
 */
export async function measureQueues(db: Firestore, now: Date): Promise<Record<string, number>> {
  const count = async (query: Query): Promise<number> => (await getCountFromServer(query)).data().count;
  const age = async (query: Query, field: 'createdAt' | 'nextRetryAt' | 'dueAt'): Promise<number> => {
    const [first] = (await getDocsFromServer(query)).docs;
    const since = first === undefined ? null : rows.dates(first)[field];
    return since === null ? 0 : Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000));
  };
  const measures = {
    webhooks_pending_retry: count(queries.webhooksIn(db, 'pending_retry')),
    webhooks_retrying: count(queries.webhooksIn(db, 'retrying')),
    webhooks_dead_letter: count(queries.webhooksIn(db, 'dead_letter')),
    webhooks_late_seconds: age(queries.lateWebhook(db, now), 'nextRetryAt'),
    webhooks_oldest_dead_letter_seconds: age(queries.failedWebhooks(db, ['dead_letter'], 1), 'createdAt'),
    messages_pending: count(queries.messagesIn(db, 'pending')),
    messages_sending: count(queries.messagesIn(db, 'sending')),
    messages_unknown: count(queries.unsettledMessages(db, now)),
    messages_late_seconds: age(queries.lateMessage(db, now), 'dueAt'),
    messages_oldest_pending_seconds: age(queries.messages(db, 'pending', 1), 'createdAt'),
  };
  const measured = await Promise.all(
    Object.entries(measures).map(async ([name, measure]) => [name, await measure] as const),
  );
  return Object.fromEntries(measured);
}

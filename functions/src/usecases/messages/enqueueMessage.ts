import { createHash } from 'node:crypto';
import { type OutboxRow } from '../../domain/messages/outboxRow';
import { REQUEUE_AFTER_MS } from '../../domain/messages/sendPolicy';
import { type Deps } from '../deps';

/**
 * Takes a message to the queue of its channel, which sends at its own rate. The trigger and the dispatcher may both do
 * so: within a quarter of an hour the task of one try has one name, and a task that runs twice finds the message
 * claimed. The queue remembers names of tasks that are done, so the next try, and what was put off, have other ones.
 *
 * @throws when the queue can not be reached
 */
export async function enqueueMessage(
  deps: Pick<Deps, 'queues' | 'clock'>,
  outboxId: string,
  { channel, attempts, notBefore }: Pick<OutboxRow, 'channel' | 'attempts' | 'notBefore'>,
): Promise<void> {
  const period = Math.floor(deps.clock.now().getTime() / REQUEUE_AFTER_MS);
  const name = `${outboxId} ${period} ${attempts} ${notBefore?.getTime() ?? 0}`;
  const id = createHash('sha256').update(name).digest('hex');
  await deps.queues.enqueue(channel === 'sms' ? 'sendSms' : 'sendEmail', id, { outboxId });
}

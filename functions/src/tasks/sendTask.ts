import { type Request } from 'firebase-functions/v2/tasks';
import * as z from 'zod';
import { log } from '../platform/log';
import { sendMessage } from '../usecases/messages/sendMessage';
import { deps } from '../wire/deps';

const taskSchema = z.object({ outboxId: z.string().min(1) });

/** `sendSms` and `sendEmail`: one task of their queues. What throws is tried again by the queue. */
export async function handleSendTask(request: Request): Promise<void> {
  const task = taskSchema.safeParse(request.data);
  if (!task.success) {
    // Nobody but us fills these queues; trying again would not help.
    log.taskUnusable({ queue: request.queueName });
    return;
  }
  await sendMessage(await deps(), task.data.outboxId);
}

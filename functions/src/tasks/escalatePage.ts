import { type Request } from 'firebase-functions/v2/tasks';
import * as z from 'zod';
import { log } from '../platform/log';
import { prepareContactSetting } from '../usecases/contact/contactSetting';
import { workOffPage } from '../usecases/escalation/workOffPage';
import { deps } from '../wire/deps';

const taskSchema = z.object({
  runId: z.string().min(1),
  token: z.coerce.number().int(),
  page: z.coerce.number().int().positive(),
  after: z.string().transform((after) => (after === '' ? null : after)),
  now: z.iso.datetime().transform((now) => new Date(now)),
});

/** `escalatePage`: one page of a run of `process-escalations`. What throws is tried again by the queue. */
export async function handleEscalatePage(request: Request): Promise<void> {
  const task = taskSchema.safeParse(request.data);
  if (!task.success) {
    // Nobody but us fills this queue; trying again would not help.
    log.taskUnusable({ queue: request.queueName });
    return;
  }
  const all = await deps();
  await prepareContactSetting(all);
  await workOffPage(all, task.data);
}

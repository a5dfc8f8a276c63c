import { type ServedFunction } from '../../local/stack/serveFunction';
import { inFlight } from './inFlight';
import { type MessageHarness } from './messageHarness';

export interface Workers {
  readonly sendSms: ServedFunction;
  readonly sendEmail?: ServedFunction;
}

/**
 * Dispatches what waits in the queues, and again what failed, until nothing is left or a task has failed three times.
 *
 * @param atOnce how many at a time
 * @returns how many tasks there were
 */
export async function drainTasks(
  harness: Pick<MessageHarness, 'tasks' | 'dispatch'>,
  { sendSms, sendEmail }: Workers,
  atOnce = 8,
): Promise<number> {
  const tasks = harness.tasks.take();
  await inFlight(tasks, atOnce, async ({ queue, outboxId }) => {
    const worker = queue === 'sendSms' ? sendSms : sendEmail;
    if (worker === undefined) throw new Error(`nobody serves ${queue}`);
    for (let tries = 1; (await harness.dispatch(worker, outboxId)) >= 300; tries += 1) {
      if (tries === 3) throw new Error(`the task of ${outboxId} failed\n${worker.logTail(10)}`);
    }
  });
  return tasks.length;
}

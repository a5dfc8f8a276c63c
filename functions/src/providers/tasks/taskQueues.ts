import { type Functions } from 'firebase-admin/functions';
import * as z from 'zod';

const alreadyThere = z.looseObject({ code: z.literal('functions/task-already-exists') });

/** The queues that messages are sent through, each at its own rate, and the one for the pages of a long run. */
export type QueueName = 'sendSms' | 'sendEmail' | 'escalatePage';

/** Cloud Tasks, as far as we need it. */
export class TaskQueues {
  constructor(private readonly functions: () => Promise<Functions>) {}

  /**
   * Puts a task into a queue. One whose id is taken is there already, or was: that is not an error.
   *
   * @param id letters, digits, `-` and `_`; hashed, for ids that share a beginning slow a queue down
   * @throws when the queue can not be reached
   */
  async enqueue(queue: QueueName, id: string, data: Readonly<Record<string, string>>): Promise<void> {
    const functions = await this.functions();
    try {
      await functions.taskQueue(`locations/europe-west2/functions/${queue}`).enqueue(data, { id });
    } catch (error) {
      if (!alreadyThere.safeParse(error).success) throw error;
    }
  }
}

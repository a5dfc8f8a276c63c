import { createServer } from 'node:http';
import { z } from 'zod';

/** One task as the functions enqueue it. */
export interface EnqueuedTask {
  readonly queue: string;
  readonly id: string;
  /** Of the tasks that send a message; empty for others. */
  readonly outboxId: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface TaskInbox {
  /** For CLOUD_TASKS_EMULATOR_HOST. */
  readonly host: string;
  /** The tasks that came in since the last call, oldest first. */
  take(): EnqueuedTask[];
  stop(): Promise<void>;
}

const taskSchema = z.object({
  task: z.object({ name: z.string(), httpRequest: z.object({ body: z.string() }) }),
});
const bodySchema = z.object({ data: z.record(z.string(), z.string()) });

/**
 * Takes the tasks that served functions enqueue, for a test to dispatch when and as often as it wants: the official
 * emulator dispatches at once, and knows no travelling clock. Refuses a name that was used, as Cloud Tasks does.
 */
export async function startTaskInbox(): Promise<TaskInbox> {
  const names = new Set<string>();
  let waiting: EnqueuedTask[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { task } = taskSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const queue = /\/queues\/([^/]+)\/tasks/.exec(request.url ?? '')?.[1] ?? '';
      if (names.has(task.name)) {
        response.writeHead(409, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { status: 'ALREADY_EXISTS', message: 'taken' } }));
        return;
      }
      names.add(task.name);
      const { data } = bodySchema.parse(
        JSON.parse(Buffer.from(task.httpRequest.body, 'base64').toString('utf8')),
      );
      waiting.push({ queue, id: task.name.split('/').at(-1) ?? '', outboxId: data['outboxId'] ?? '', data });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(task));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the task inbox has no TCP address');
  return {
    host: `127.0.0.1:${address.port}`,
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

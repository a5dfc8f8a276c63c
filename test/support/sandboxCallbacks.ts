import { createServer, type IncomingHttpHeaders } from 'node:http';
import { readBody } from '../../local/sandbox/readBody';

export interface Callback {
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface CallbackServer {
  readonly origin: string;
  /** What was posted so far, in the order in which it arrived. */
  readonly received: Callback[];
  /** Forgets what was posted. */
  clear(): void;
  stop(): Promise<void>;
}

/** An endpoint that answers 204 to everything and keeps it, in place of our webhooks. */
export async function startCallbackServer(): Promise<CallbackServer> {
  const received: Callback[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      received.push({ url: request.url ?? '', headers: request.headers, body: body.toString('utf8') });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    received,
    clear: () => {
      received.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

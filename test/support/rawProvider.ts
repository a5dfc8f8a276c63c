import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface RawProvider {
  readonly origin: string;
  /** Requests so far, method and path. */
  readonly seen: readonly string[];
  stop(): Promise<void>;
}

/** A server that answers as a test writes it: what no provider says on purpose, and proxies do. */
export async function startRawProvider(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<RawProvider> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      answer(request, response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { transactionEnded, transactionTold, withReadTime } from './fields';
import { framed, messagesIn } from './frames';
import { type Ledger } from './ledger';
import { type OpenTransactions } from './openTransactions';
import { type Upstream, type UpstreamAnswer } from './upstream';
import { type Rule } from './verdict';

const UNAVAILABLE = 14;
const PERMISSION_DENIED = 7;
const GONE = { kind: 'refuse', code: PERMISSION_DENIED } as const;

/** What one client goes through to reach Firestore. */
export interface Door {
  /** host:port for FIRESTORE_EMULATOR_HOST. */
  readonly host: string;
  /** What becomes of each call from now on. */
  rule: Rule;
  /**
   * From now on nothing passes, in neither direction. Every call is refused with a code that no client tries again, so
   * that what is left of a dead instance comes to its end.
   */
  shut(): void;
  /** Breaks every connection and takes no more. */
  close(): void;
}

/**
 * Opens one.
 *
 * @param now Firestore's clock, as the client shall see it; null leaves it as it is
 * @param ledger keeps what was committed
 */
export async function openDoor(
  upstream: Upstream,
  transactions: OpenTransactions,
  now: (() => Date) | null = null,
  ledger: Pick<Ledger, 'note'> | null = null,
): Promise<Door> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  let isShut = false;
  const gone = (): boolean => isShut;
  const door = {
    rule: (): { kind: 'pass' } => ({ kind: 'pass' }),
    host: '',
    shut: () => {
      isShut = true;
    },
    close: () => {
      isShut = true;
      server.close();
      for (const session of sessions) session.destroy();
    },
  } satisfies Door as Door;

  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // A broken connection ends a stream too; half a request is none.
      if (stream.destroyed) return;
      handle(stream, headers, Buffer.concat(chunks)).catch(() => refuse(stream, UNAVAILABLE));
    });
  });

  async function handle(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    body: Buffer,
  ): Promise<void> {
    const method = headers[':path']?.split('/').at(-1) ?? '';
    const [request = Buffer.alloc(0)] = messagesIn(body);
    const verdict = gone() ? GONE : await door.rule({ method, request });
    if (gone()) {
      refuse(stream, PERMISSION_DENIED);
      return;
    }
    if (verdict.kind === 'refuse') {
      refuse(stream, verdict.code);
      return;
    }
    const answer = await upstream.call(method, headers, body);
    for (const message of answer.messages) transactions.opened(transactionTold(method, message));
    transactions.ended(transactionEnded(method, request));
    const [committed] = answer.messages;
    if (method === 'Commit' && committed !== undefined) ledger?.note(request, committed);
    if (gone()) refuse(stream, PERMISSION_DENIED);
    else if (verdict.kind === 'pass') pass(stream, method, answer);
    else if (verdict.code === 'reset') stream.session?.destroy();
    else refuse(stream, verdict.code);
  }

  function pass(
    stream: ServerHttp2Stream,
    method: string,
    { messages, headers, trailers }: UpstreamAnswer,
  ): void {
    if (stream.destroyed || stream.closed) return;
    const status = { ...headers, ...trailers };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(statusOf(status)));
    const clock = now?.();
    for (const message of messages)
      stream.write(framed(clock === undefined ? message : withReadTime(method, message, clock)));
    stream.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no TCP address');
  return Object.assign(door, { host: `127.0.0.1:${address.port}` });
}

function refuse(stream: ServerHttp2Stream, code: number): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(code),
      'grpc-message': 'injected',
    },
    { endStream: true },
  );
}

function statusOf(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('grpc-')));
}

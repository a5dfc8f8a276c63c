import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { framed, messagesIn } from './frames';

export interface UpstreamAnswer {
  readonly messages: readonly Buffer[];
  readonly headers: IncomingHttpHeaders;
  /** With grpc-status; what came without messages has it among the headers. */
  readonly trailers: IncomingHttpHeaders;
}

const SERVICE = '/google.firestore.v1.Firestore/';
/** Headers of the client's own connection, and its deadline: what it has given up on is still to be known here. */
const NOT_ONWARD = new Set([
  ':authority',
  ':scheme',
  ':path',
  ':method',
  'connection',
  'host',
  'grpc-timeout',
]);

/** The way to the emulator itself. Whoever asked may be gone: its answer is always waited for. */
export class Upstream {
  private session: ClientHttp2Session | null = null;
  private readonly open = new Set<Promise<unknown>>();

  /** @param target host:port of the emulator */
  constructor(private readonly target: string) {}

  call(method: string, headers: IncomingHttpHeaders, body: Buffer): Promise<UpstreamAnswer> {
    const answer = this.request(method, headers, body);
    const seen = answer.catch(() => undefined).finally(() => this.open.delete(seen));
    this.open.add(seen);
    return answer;
  }

  /** Calls with a message of our own. */
  send(method: string, message: Buffer): Promise<UpstreamAnswer> {
    return this.call(
      method,
      { 'content-type': 'application/grpc', te: 'trailers', authorization: 'Bearer owner' },
      framed(message),
    );
  }

  /** Resolves when nothing is under way. */
  async quiet(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  stop(): void {
    this.session?.destroy();
  }

  private request(method: string, headers: IncomingHttpHeaders, body: Buffer): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const onward = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_ONWARD.has(name)));
      const stream = this.connected().request({
        ...onward,
        [constants.HTTP2_HEADER_METHOD]: 'POST',
        [constants.HTTP2_HEADER_PATH]: SERVICE + method,
      });
      const chunks: Buffer[] = [];
      let answered: IncomingHttpHeaders = {};
      let trailers: IncomingHttpHeaders = {};
      stream.on('response', (given) => {
        answered = given;
      });
      stream.on('trailers', (given: IncomingHttpHeaders) => {
        trailers = given;
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        resolve({ messages: messagesIn(Buffer.concat(chunks)), headers: answered, trailers }),
      );
      stream.on('error', reject);
      stream.end(body);
    });
  }

  private connected(): ClientHttp2Session {
    if (this.session === null || this.session.closed || this.session.destroyed) {
      this.session = connect(`http://${this.target}`);
      this.session.on('error', () => undefined);
    }
    return this.session;
  }
}

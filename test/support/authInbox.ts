import { createServer } from 'node:http';
import { z } from 'zod';

export interface AuthInbox {
  /** For FIREBASE_AUTH_EMULATOR_HOST. */
  readonly host: string;
  /** There is a sign-in record with this id from now on. */
  add(uid: string): void;
  has(uid: string): boolean;
  /** Whether it answers; while it does not, everything is refused with a 500. */
  answers: boolean;
  stop(): Promise<void>;
}

const deletionSchema = z.object({ localId: z.string() });

/**
 * Takes the one request by which the functions change Firebase Auth here, that a record be deleted, and answers as the
 * official emulator does, which the suites of the whole stack ask instead: it is not started for this alone.
 */
export async function startAuthInbox(): Promise<AuthInbox> {
  const known = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const say = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (!inbox.answers || request.url?.endsWith('/accounts:delete') !== true) {
        say(500, { error: { code: 500, message: 'INTERNAL' } });
        return;
      }
      const { localId } = deletionSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      if (known.delete(localId)) say(200, { kind: 'identitytoolkit#DeleteAccountResponse' });
      else say(400, { error: { code: 400, message: 'USER_NOT_FOUND' } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the auth inbox has no TCP address');
  const inbox: AuthInbox = {
    host: `127.0.0.1:${address.port}`,
    add: (uid) => void known.add(uid),
    has: (uid) => known.has(uid),
    answers: true,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return inbox;
}

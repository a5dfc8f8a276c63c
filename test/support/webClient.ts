import { deleteApp, type FirebaseApp } from 'firebase/app';
import { type Auth, signInWithEmailAndPassword } from 'firebase/auth';
import { type Firestore, setLogLevel, terminate } from 'firebase/firestore';
import { type Functions } from 'firebase/functions';
import { type SnippetBook } from './docSnippets';
import { type E2eStack } from './e2eStack';
import { signIn } from './signIn';

interface Connection {
  readonly app: FirebaseApp;
  readonly auth: Auth;
  readonly db: Firestore;
  readonly functions: Functions;
}

/** A browser's worth of the web SDK with somebody signed in. */
export interface WebClient extends Connection {
  readonly uid: string;
  readonly email: string;
  stop(): Promise<void>;
}

/** Signs a new user in with the web SDK, connected as the document says. */
export async function startWebClient(
  stack: E2eStack,
  book: SnippetBook,
  email: string,
  { verified }: { readonly verified: boolean },
): Promise<WebClient> {
  // The SDK warns of each refusal; the tests look at refusals themselves.
  setLogLevel('silent');
  await signIn(stack.authHost, email, { verified });
  const connection = await book.call<Connection>('connect', {
    options: { projectId: 'demo-recoup', apiKey: 'local' },
    name: email,
    local: {
      authOrigin: `http://${stack.authHost}`,
      firestore: hostAndPort(process.env['FIRESTORE_EMULATOR_HOST'] ?? ''),
      functions: hostAndPort(new URL(stack.functionsOrigin).host),
    },
  });
  // The password of test/support/signIn.
  const { user } = await signInWithEmailAndPassword(connection.auth, email, 'only-for-tests');
  return {
    ...connection,
    uid: user.uid,
    email,
    stop: async () => {
      await terminate(connection.db);
      await deleteApp(connection.app);
    },
  };
}

function hostAndPort(address: string): { host: string; port: number } {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}

import { initializeApp } from 'firebase/app';
import { type Auth, browserSessionPersistence, initializeAuth } from 'firebase/auth';
import { type Firestore, getFirestore } from 'firebase/firestore';
import { type Functions, getFunctions } from 'firebase/functions';
import * as z from 'zod/mini';

/** What the page speaks with. */
export interface Connection {
  readonly project: string;
  readonly auth: Auth;
  readonly db: Firestore;
  readonly functions: Functions;
  /** Signs the sample admin in; null anywhere but on the local stack. */
  readonly signInAsSample: (() => Promise<unknown>) | null;
}

const REGION = 'europe-west2';

const optionsSchema = z.looseObject({ projectId: z.string(), apiKey: z.string() });

/**
 * Connects to the project whose Hosting serves the page, which also says which project that is. A sign-in lasts as long as
 * the tab is open.
 *
 * @throws Error when Hosting does not say it
 */
export async function connect(): Promise<Connection> {
  const answer = await fetch('/__/firebase/init.json');
  if (!answer.ok) throw new Error(`Hosting answered ${answer.status} when asked for the project.`);
  const options = optionsSchema.parse(await answer.json());
  if (LOCAL_STACK) {
    const { findLocalStack } = await import('../local/findLocalStack');
    const join = await findLocalStack();
    const sdks = start(options);
    return { ...sdks, signInAsSample: join(sdks) };
  }
  return { ...start(options), signInAsSample: null };
}

function start(options: z.infer<typeof optionsSchema>): Omit<Connection, 'signInAsSample'> {
  const app = initializeApp(options);
  return {
    project: options.projectId,
    auth: initializeAuth(app, { persistence: browserSessionPersistence }),
    db: getFirestore(app),
    functions: getFunctions(app, REGION),
  };
}

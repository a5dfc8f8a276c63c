import { type Auth, connectAuthEmulator, signInWithEmailAndPassword } from 'firebase/auth';
import { connectFirestoreEmulator, type Firestore } from 'firebase/firestore';
import { connectFunctionsEmulator, type Functions } from 'firebase/functions';
import * as z from 'zod/mini';
import { SAMPLE_ADMIN } from '../../../local/sample-day/sampleAdmin';

const emulator = z.object({ host: z.string(), port: z.number() });
const emulatorsSchema = z.object({ auth: emulator, firestore: emulator, functions: emulator });

/** What is signed in to and asked. */
interface Sdks {
  readonly auth: Auth;
  readonly db: Firestore;
  readonly functions: Functions;
}

/**
 * Finds the emulators, which Hosting's emulator knows. In no deployed build.
 *
 * @returns points the SDKs there, which has to be done before they first ask anything, and gives the one-click sign-in of
 *   the sample day's admin
 * @throws Error when the emulators cannot be found
 */
export async function findLocalStack(): Promise<(sdks: Sdks) => () => Promise<unknown>> {
  const script = await (await fetch('/__/firebase/init.js?useEmulator=true')).text();
  const [, found = 'null'] = /var firebaseEmulators = (\{[\s\S]*?\n\});/.exec(script) ?? [];
  const emulators = emulatorsSchema.parse(JSON.parse(found));
  return ({ auth, db, functions }) => {
    const authOrigin = `http://${emulators.auth.host}:${emulators.auth.port}`;
    connectAuthEmulator(auth, authOrigin, { disableWarnings: true });
    connectFirestoreEmulator(db, emulators.firestore.host, emulators.firestore.port);
    connectFunctionsEmulator(functions, emulators.functions.host, emulators.functions.port);
    return () => signInWithEmailAndPassword(auth, SAMPLE_ADMIN.email, SAMPLE_ADMIN.password);
  };
}

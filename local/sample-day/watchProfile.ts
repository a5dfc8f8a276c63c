import { deleteApp, initializeApp } from 'firebase/app';
import { connectAuthEmulator, getAuth, signInWithEmailAndPassword } from 'firebase/auth';
import {
  connectFirestoreEmulator,
  doc,
  type DocumentData,
  getFirestore,
  onSnapshot,
  terminate,
} from 'firebase/firestore';
import { PROJECT } from '../stack/firebaseCli';
import { FREELANCER } from './sampleData';
import { type SampleOrigins } from './sampleOrigins';
import { until } from './until';

/** The freelancer's own record as the web client sees it. */
export interface WatchedProfile {
  /** Waits for a state that the listener was told of; null: no record. */
  until<T>(
    what: string,
    look: (profile: DocumentData | null) => { seen: T } | { instead: string },
  ): Promise<T>;
  end(): Promise<void>;
}

/** Signs in with the web SDK and keeps a listener open on the freelancer's record, under the security rules. */
export async function watchProfile({ authHost, firestoreHost }: SampleOrigins): Promise<WatchedProfile> {
  const app = initializeApp({ projectId: PROJECT, apiKey: 'local' }, 'sample-day');
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${authHost}`, { disableWarnings: true });
  const db = getFirestore(app);
  const [host = '', port = ''] = firestoreHost.split(':');
  connectFirestoreEmulator(db, host, Number(port));
  const { user } = await signInWithEmailAndPassword(auth, FREELANCER.email, FREELANCER.password);
  let latest: DocumentData | null = null;
  let failure: Error | null = null;
  const unsubscribe = onSnapshot(
    doc(db, 'users', user.uid),
    (snapshot) => {
      latest = snapshot.data() ?? null;
    },
    (error) => {
      failure = error;
    },
  );
  return {
    until: (what, look) =>
      until(what, () => {
        if (failure !== null) throw failure;
        return Promise.resolve(look(latest));
      }),
    end: async () => {
      unsubscribe();
      await terminate(db);
      await deleteApp(app);
    },
  };
}

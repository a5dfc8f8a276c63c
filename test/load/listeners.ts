import { deleteApp, initializeApp } from 'firebase/app';
import {
  collection,
  connectFirestoreEmulator,
  getFirestore,
  onSnapshot,
  query,
  terminate,
  where,
} from 'firebase/firestore';

/** Freelancers with their invoices open in the web client. */
export interface Listeners {
  /** Waits until each has seen all its invoices paid. @returns how many have not, after `limitMs` */
  deaf(limitMs: number): Promise<number>;
  stop(): Promise<void>;
}

/** Opens one listener of the web SDK for each of them, under the security rules. */
export async function startListeners(
  projectId: string,
  firestoreHost: string,
  uids: readonly string[],
): Promise<Listeners> {
  const [host = '', port = ''] = firestoreHost.split(':');
  const open = uids.map((uid) => {
    const app = initializeApp({ projectId, apiKey: 'local' }, `listener-${uid}`);
    const db = getFirestore(app);
    connectFirestoreEmulator(db, host, Number(port), { mockUserToken: { user_id: uid } });
    let ready: () => void = () => undefined;
    let failed: (error: Error) => void = () => undefined;
    const first = new Promise<void>((resolve, reject) => {
      [ready, failed] = [resolve, reject];
    });
    let see: () => void = () => undefined;
    const paid = new Promise<void>((resolve) => {
      see = resolve;
    });
    const close = onSnapshot(
      query(collection(db, 'invoices'), where('freelancerId', '==', uid)),
      (snapshot) => {
        ready();
        if (!snapshot.empty && snapshot.docs.every((doc) => doc.get('status') === 'paid')) see();
      },
      failed,
    );
    return { app, db, close, first, paid };
  });
  const stop = async (): Promise<void> => {
    for (const { app, db, close } of open) {
      close();
      await terminate(db);
      await deleteApp(app);
    }
  };
  try {
    await Promise.all(open.map(({ first }) => first));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    deaf: async (limitMs) => {
      const seen = await Promise.all(
        open.map(({ paid }) =>
          Promise.race([
            paid.then(() => true),
            new Promise<boolean>((resolve) => {
              setTimeout(() => resolve(false), limitMs).unref();
            }),
          ]),
        ),
      );
      return seen.filter((one) => !one).length;
    },
    stop,
  };
}

import { onSnapshot, type Query, type QueryDocumentSnapshot } from 'firebase/firestore';
import { useEffect, useState } from 'preact/hooks';
import { type Live, whyOf } from './live';

/**
 * Listens to a query for as long as the view is there.
 *
 * @param key says which query it is: a new one is listened to only when this changes
 */
export function useLive<T>(
  key: string,
  build: () => Query,
  read: (doc: QueryDocumentSnapshot) => T,
): Live<readonly T[]> {
  const [live, setLive] = useState<Live<readonly T[]>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setLive({ state: 'loading' });
    return onSnapshot(
      build(),
      ({ docs }) => setLive({ state: 'ready', value: docs.map(read) }),
      (error) =>
        setLive({ state: 'failed', why: whyOf(error), again: () => setAttempt((before) => before + 1) }),
    );
    // The key stands for the query: a query that is built anew is another object each time.
  }, [key, attempt]);
  return live;
}

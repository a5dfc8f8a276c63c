import { useEffect, useState } from 'preact/hooks';
import { type Live, whyOf } from './live';

/** Asks once for each key; null: there is nothing to ask. Only the last answer counts. */
export function useAsked<T>(key: string | null, ask: () => Promise<T>): Live<T> | null {
  const [live, setLive] = useState<Live<T> | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (key === null) {
      setLive(null);
      return;
    }
    let over = false;
    setLive({ state: 'loading' });
    ask()
      .then((value) => {
        if (!over) setLive({ state: 'ready', value });
      })
      .catch((error: unknown) => {
        if (!over)
          setLive({ state: 'failed', why: whyOf(error), again: () => setAttempt((before) => before + 1) });
      });
    return () => {
      over = true;
    };
    // The key stands for the question.
  }, [key, attempt]);
  return live;
}

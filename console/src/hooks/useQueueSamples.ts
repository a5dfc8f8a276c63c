import { type Firestore } from 'firebase/firestore';
import { useEffect, useState } from 'preact/hooks';
import { type QueueSample, withSample } from '../domain/queueSamples';
import { measureQueues } from '../store/measureQueues';
import { whyOf } from './live';

const EVERY_MS = 10_000;

/** What the open page has seen of the queues. */
export interface QueueWatch {
  readonly seen: readonly QueueSample[];
  /** Why the last look failed; null when it did not. */
  readonly trouble: string | null;
}

/** Looks at the queues every ten seconds while somebody can see the page, and keeps what it saw. */
export function useQueueSamples(db: Firestore): QueueWatch {
  const [watch, setWatch] = useState<QueueWatch>({ seen: [], trouble: null });
  useEffect(() => {
    let over = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return;
      const now = new Date();
      try {
        const sizes = await measureQueues(db, now);
        if (!over)
          setWatch(({ seen }) => ({ seen: withSample(seen, { at: now.getTime(), sizes }), trouble: null }));
      } catch (error) {
        if (!over) setWatch(({ seen }) => ({ seen, trouble: whyOf(error) }));
      }
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [db]);
  return watch;
}

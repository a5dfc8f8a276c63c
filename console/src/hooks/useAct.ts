import { useState } from 'preact/hooks';
import { whyOf } from './live';
import { useConsole } from './useConsole';

/** Something that is done by a button. */
export interface Act {
  readonly busy: boolean;
  /** Runs it, one at a time, and says what came of it. */
  readonly run: (work: () => Promise<string>) => void;
}

export function useAct(): Act {
  const { say } = useConsole();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    run: (work) => {
      if (busy) return;
      setBusy(true);
      void work()
        .catch((error: unknown) => `It did not work: ${whyOf(error)}`)
        .then((words) => {
          say(words);
          setBusy(false);
        });
    },
  };
}

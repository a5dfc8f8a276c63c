const LIMIT_MS = 30_000;

/** An open listener. */
export interface Watched<T> {
  /** The first state, of the present one and those to come, that is as wanted. */
  until(what: string, isWanted: (state: T) => boolean): Promise<T>;
  end(): void;
}

interface Handlers<T> {
  readonly onChange: (state: T) => void;
  readonly onError: (error: Error) => void;
}

/** @param start starts the listener and gives what ends it */
export async function watched<T>(start: (handlers: Handlers<T>) => Promise<() => void>): Promise<Watched<T>> {
  const states: T[] = [];
  let failure: Error | null = null;
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of [...waiting]) look();
  };
  const end = await start({
    onChange: (state) => {
      states.push(state);
      tell();
    },
    onError: (error) => {
      failure = error;
      tell();
    },
  });
  return {
    end,
    until: (what, isWanted) =>
      new Promise<T>((resolve, reject) => {
        const limit = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(`${what}: the listener did not see it; last it saw ${JSON.stringify(states.at(-1))}`),
          );
        }, LIMIT_MS);
        const look = (): void => {
          const state = states.at(-1);
          if (failure === null && (state === undefined || !isWanted(state))) return;
          clearTimeout(limit);
          waiting.delete(look);
          if (failure !== null) reject(failure);
          else resolve(state as T);
        };
        waiting.add(look);
        look();
      }),
  };
}

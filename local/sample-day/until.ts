import { setTimeout as delay } from 'node:timers/promises';

/** A cold worker of the functions emulator for each step, on a busy machine. */
const LIMIT_MS = 90_000;

/**
 * Looks until there is something to see, for what the stack does in its own time.
 * @throws Error that says what did not happen, and what was there instead.
 */
export async function until<T>(
  what: string,
  look: () => Promise<{ readonly seen: T } | { readonly instead: string }>,
): Promise<T> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const found = await look();
    if ('seen' in found) return found.seen;
    if (performance.now() > deadline) throw new Error(`${what} did not happen: ${found.instead}`);
    await delay(200);
  }
}

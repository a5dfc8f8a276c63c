import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is not null; for what another process does in its own time.
 *
 * @param limitMs milliseconds; longer where processes have to start first on a busy machine
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null>,
  limitMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await delay(50);
  }
  throw new Error(`${what} did not happen within ${limitMs / 1000} s`);
}

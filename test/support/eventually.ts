import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 30_000;

/** Asks until the answer is not null; for what another process does in its own time. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await delay(50);
  }
  throw new Error(`${what} did not happen within ${LIMIT_MS / 1000} s`);
}

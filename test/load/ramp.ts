import { type Fired, fire, type LoadRequest } from './fire';

/** Milliseconds. */
export const MOST_P99 = 2_000;
const LEVELS = [8, 16, 32, 64, 128, 256, 512] as const;

/** The highest throughput at which an answer still comes in time. */
export interface Highest {
  readonly perSecond: number;
  readonly connections: number;
  readonly p99: number;
}

/**
 * Sends as fast as answers come, over more and more connections, until the 99th percentile of an answer's time passes two
 * seconds.
 *
 * @param take makes the requests of one level
 * @param onLevel sees each level
 * @throws Error when an answer is not a 2xx
 */
export async function highestRate(
  origin: string,
  take: () => Promise<readonly LoadRequest[]>,
  onLevel: (connections: number, fired: Fired) => void,
): Promise<Highest> {
  let highest: Highest = { perSecond: 0, connections: 0, p99: 0 };
  for (const connections of LEVELS) {
    const fired = await fire(origin, await take(), { connections });
    onLevel(connections, fired);
    if (fired.errors > 0) throw new Error(`${fired.errors} errors over ${connections} connections`);
    if (fired.p99 > MOST_P99) break;
    if (fired.perSecond > highest.perSecond)
      highest = { perSecond: fired.perSecond, connections, p99: fired.p99 };
  }
  return highest;
}

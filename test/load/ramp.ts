import { fire, type LoadRequest } from './fire';
import { type Latency, latency } from './latency';

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
  onLevel: (connections: number, seen: Latency) => void,
): Promise<Highest> {
  let highest: Highest = { perSecond: 0, connections: 0, p99: 0 };
  for (const connections of LEVELS) {
    const fired = await fire(origin, await take(), { connections });
    if (fired.errors > 0) throw new Error(`${fired.errors} errors over ${connections} connections`);
    const { perSecond, p99, ...rest } = latency(fired);
    onLevel(connections, { perSecond, p99, ...rest });
    if (p99 > MOST_P99) break;
    if (perSecond > highest.perSecond) highest = { perSecond, connections, p99 };
  }
  return highest;
}

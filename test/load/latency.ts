import { type Fired } from './fire';

/** Percentiles of how long answers took (milliseconds, whole), and how many came in a second. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** The nearest-rank percentiles: p99 is the least time that 99 of 100 answers did not exceed. */
export function latency({ times, seconds }: Fired): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: times.length / seconds };
}

/** Attempts before a failing event becomes a dead letter, the live one included. */
export const MAX_ATTEMPTS = 8;

/** A failing event is leased for this long while it is being retried. */
export const RETRY_LEASE_MS = 120_000;

const MINUTE_MS = 60_000;

/**
 * How long to wait after the `attempts`-th failure: 1, 2, 4 … 64 minutes, ±20 %, so that events which failed together
 * do not come back together.
 *
 * @param attempts failures so far, from 1
 * @param fraction chance in [0, 1)
 * @returns milliseconds
 */
export function retryDelayMs(attempts: number, fraction: number): number {
  const base = 2 ** Math.min(attempts - 1, 6) * MINUTE_MS;
  return Math.round(base * (0.8 + 0.4 * fraction));
}

import { readFileSync } from 'node:fs';
import { isLocalStack } from './runtime';

/** The only source of the present. Injected, so that a decision can be replayed and a test can travel in time. */
export interface Clock {
  now(): Date;
}

/**
 * The present. On the local stack alone it stands at the instant that the file RECOUP_CLOCK_FILE holds, as long as
 * there is such a file: that is how the sample day and the scenario tests reach next Monday at nine. Leases and
 * signatures never ask this clock.
 */
export const systemClock: Clock = { now: () => travelled() ?? new Date() };

/** The present as it is, also where time travels: for the age of a provider's signature. */
export const realClock: Clock = { now: () => new Date() };

function travelled(): Date | null {
  const file = process.env['RECOUP_CLOCK_FILE'];
  if (file === undefined || !isLocalStack()) return null;
  try {
    const instant = new Date(readFileSync(file, 'utf8').trim());
    return Number.isNaN(instant.getTime()) ? null : instant;
  } catch {
    return null;
  }
}

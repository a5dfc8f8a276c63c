/** The only source of the present. Injected, so that a decision can be replayed and a test can travel in time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

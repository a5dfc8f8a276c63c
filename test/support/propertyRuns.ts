/** The seed of generated cases: RECOUP_TEST_SEED, or another one at each run. */
export const propertySeed = Number(process.env['RECOUP_TEST_SEED'] ?? Date.now() % 2 ** 31);

/** For fast-check: properties of pure code, which cost next to nothing. It prints the seed when one fails. */
export const pureRuns = { numRuns: 5_000, seed: propertySeed } as const;

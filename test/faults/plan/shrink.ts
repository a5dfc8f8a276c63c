import { type Fault } from './plan';

/** Tries of a plan with fewer faults: each takes as long as a plan does. */
const MOST_TRIES = 12;

/**
 * Leaves out one fault after the other, as long as the plan still goes wrong.
 *
 * @param play gives what goes wrong with these faults
 */
export async function shrink(
  faults: readonly Fault[],
  play: (faults: readonly Fault[]) => Promise<readonly string[]>,
): Promise<{ readonly faults: readonly Fault[]; readonly wrong: readonly string[] }> {
  let least = faults;
  let wrong: readonly string[] = ['it did not go wrong when it was played again'];
  const again = await play(faults);
  if (again.length === 0) return { faults, wrong };
  wrong = again;
  let tries = 0;
  for (let n = 0; n < least.length && tries < MOST_TRIES; tries += 1) {
    const fewer = least.filter((_, at) => at !== n);
    const found = await play(fewer);
    if (found.length === 0) n += 1;
    else {
      least = fewer;
      wrong = found;
    }
  }
  return { faults: least, wrong };
}

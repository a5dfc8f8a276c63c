import { isEnough, type Verdict } from './judge';
import { type Way } from './readCounts';

const WORST = 10;

/** The table that the command ends with. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return verdicts
    .map((verdict) => {
      const { what, taken, ways, percent, wanted } = verdict;
      const numbers = `${floored(percent)} %  ${`${taken} of ${ways}`.padStart(12)}`;
      return `${isEnough(verdict) ? '✓' : '✗'} ${what.padEnd(12)}${numbers}  (wanted: ${wanted} %)`;
    })
    .join('\n');
}

/** The files with the most ways that nobody took. */
export function worstTable(files: ReadonlyMap<string, readonly Way[]>): string {
  return [...files]
    .map(([path, ways]) => ({
      path,
      ways: ways.length,
      missing: ways.filter(({ taken }) => taken === 0).length,
    }))
    .filter(({ missing }) => missing > 0)
    .sort((one, other) => other.missing - one.missing)
    .slice(0, WORST)
    .map(({ path, ways, missing }) => `  ${`${missing} of ${ways}`.padStart(10)}  ${path}`)
    .join('\n');
}

/** A line for each way that nobody took: `path:line kind way`. */
export function missingWays(files: ReadonlyMap<string, readonly Way[]>): string {
  return [...files]
    .flatMap(([path, ways]) =>
      ways
        .filter(({ taken }) => taken === 0)
        .map(({ line, kind, way }) => `${path}:${line} ${kind} ${way}\n`),
    )
    .join('');
}

/** Never rounded up to what is wanted. */
function floored(percent: number): string {
  return (Math.floor(percent * 10) / 10).toFixed(1).padStart(5);
}

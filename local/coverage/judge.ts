import { MODULES } from './modules';
import { type Way } from './readCounts';

/** Percent of all ways of all branches that must have been taken. */
const WANTED_OVERALL = 70;
/** … in each of the modules that are named. */
const WANTED_IN_MODULES = 95;

/** A row of the table. */
export interface Verdict {
  readonly what: string;
  readonly taken: number;
  readonly ways: number;
  /** 0–100; what has no branch has taken all. */
  readonly percent: number;
  readonly wanted: number;
}

/**
 * What was taken of everything and of each named module.
 *
 * @param files ways by path
 * @throws Error when a named file is not among them: a module that moved must not drop out of what is asked
 */
export function judge(
  files: ReadonlyMap<string, readonly Way[]>,
  modules: Readonly<Record<string, readonly string[]>> = MODULES,
): Verdict[] {
  const all = verdict('everything', [...files.values()].flat(), WANTED_OVERALL);
  const named = Object.entries(modules).map(([what, paths]) => {
    const ways = paths.flatMap((path) => {
      const found = [...files].filter(([name]) =>
        path.endsWith('/') ? name.startsWith(path) : name === path,
      );
      if (found.length === 0) throw new Error(`There is no ${path}, of which 95 % are asked.`);
      return found.flatMap(([, its]) => its);
    });
    return verdict(what, ways, WANTED_IN_MODULES);
  });
  return [all, ...named];
}

function verdict(what: string, ways: readonly Way[], wanted: number): Verdict {
  const taken = ways.filter((way) => way.taken > 0).length;
  return {
    what,
    taken,
    ways: ways.length,
    percent: ways.length === 0 ? 100 : (100 * taken) / ways.length,
    wanted,
  };
}

/** Whether it is what was wanted. */
export function isEnough({ percent, wanted }: Verdict): boolean {
  return percent >= wanted;
}

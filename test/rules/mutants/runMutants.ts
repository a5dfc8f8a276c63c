import { describeCase, type Case } from '../model/case';
import { loadRules, restDriver } from '../run/restDriver';
import { runCases, seedCases, type Wrong } from '../run/runCases';
import { equivalent } from './equivalent';
import { findConditions } from './findConditions';
import { type Mutant } from './mutate';

export interface Verdict {
  readonly mutant: Mutant;
  /** What noticed it; null: nothing did. */
  readonly killedBy: string | null;
  /** Why nothing could, if it is listed as such. */
  readonly excuse: string | null;
}

export const nameOf = ({ of, mutation }: Mutant): string => `${of}: ${mutation}`;

/** What the rules as they stand get wrong when they are asked in this way: it would count against every mutant. */
export async function askUnmutated(
  host: string,
  projectId: string,
  source: string,
  cases: readonly Case[],
): Promise<string[]> {
  const driver = restDriver(host, projectId);
  await loadRules(host, projectId, source);
  await seedCases(driver, cases);
  return (await runCases(driver, cases)).map(({ message }) => message);
}

/**
 * Asks the tables' questions of each mutant until one is answered wrongly, those of the mutated collection first.
 * @param waiting the mutants, which are taken from it one by one: several such runs may share them
 * @throws when a question gets no answer, or a mutant does not compile.
 */
export async function runMutants(
  host: string,
  projectId: string,
  source: string,
  waiting: Mutant[],
  cases: readonly Case[],
): Promise<Verdict[]> {
  const driver = restDriver(host, projectId);
  await seedCases(driver, cases);
  const users = collectionsUsing(source);
  /** Questions that told on a mutant go first: the next is often of the same sort. */
  const told = new Set<Case>();
  const verdicts: Verdict[] = [];
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const complaint = await loadRules(host, projectId, mutant.rules);
    if (complaint !== null) throw new Error(`${nameOf(mutant)} (line ${mutant.line}): ${complaint}`);
    const near = mutant.kind === 'allow' ? new Set([mutant.of]) : (users.get(mutant.of) ?? new Set<string>());
    const ordered = [...told, ...cases.filter((one) => !told.has(one))];
    const tiers = [true, false].map((isNear) => ordered.filter((one) => near.has(one.collection) === isNear));
    let wrong: Wrong[] = [];
    for (const tier of tiers) {
      if (wrong.length === 0) wrong = await runCases(driver, tier, { stopAtFirst: true });
    }
    // Where a mutant lets a document be deleted, a question about it at the same moment finds none.
    const first = wrong.find(({ outcome }) => typeof outcome === 'string');
    if (first === undefined && wrong[0] !== undefined) throw new Error(wrong[0].message);
    if (first !== undefined) told.add(first.question);
    verdicts.push({
      mutant,
      killedBy: first === undefined ? null : describeCase(first.question),
      excuse: equivalent[nameOf(mutant)] ?? null,
    });
  }
  return verdicts;
}

/** Function → the collections whose conditions call it, directly or through others. */
function collectionsUsing(source: string): Map<string, Set<string>> {
  const conditions = findConditions(source);
  const calls = (name: string): Set<string> => {
    const found = new Set<string>();
    const waiting = [name];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const { of, kind, tokens } of conditions) {
        if (!tokens.some(({ text }) => text === next) || found.has(of)) continue;
        found.add(of);
        if (kind === 'function') waiting.push(of);
      }
    }
    return found;
  };
  const functions = conditions.filter(({ kind }) => kind === 'function').map(({ of }) => of);
  return new Map(functions.map((name) => [name, calls(name)]));
}

export function survivorsOf(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ killedBy, excuse }) => killedBy === null && excuse === null);
}

/** A table of the mutants that nothing noticed, for people. */
export function survivorTable(verdicts: readonly Verdict[]): string {
  const survivors = survivorsOf(verdicts);
  if (survivors.length === 0) return '';
  const rows = survivors.map(
    ({ mutant }) => `${String(mutant.line).padStart(5)}  ${mutant.of.padEnd(24)}  ${mutant.mutation}`,
  );
  return [' line  where                     mutation', ...rows].join('\n');
}

/** Listed as equivalent, yet noticed: the list is wrong. */
export function wronglyExcused(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ killedBy, excuse }) => killedBy !== null && excuse !== null)
    .map(({ mutant, killedBy }) => `${nameOf(mutant)} is noticed by ${killedBy ?? ''}`);
}

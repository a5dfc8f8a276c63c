import { SeededRandom } from '../../support/random';
import { emulatorHost } from '../run/emulatorHost';
import { rulesSource } from '../run/rulesSource';
import { allCases } from '../tables/allCases';
import { equivalent } from './equivalent';
import { mutantsOf } from './mutate';
import { askUnmutated, nameOf, runMutants, survivorsOf, survivorTable, wronglyExcused } from './runMutants';

/** How many mutants are tried: a number, or `all`, which `npm run test:rules:mutants` asks for. */
const wanted = process.env['RECOUP_RULES_MUTANTS'] ?? '40';
const seed = Number(process.env['RECOUP_TEST_SEED'] ?? Date.now() % 100_000);
/** Each has a project of its own, so that their rules do not meet. */
const AT_ONCE = 2;
const LIMIT_MS = 30 * 60_000;

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

test(
  `mutants of the rules (${wanted}) are noticed`,
  async () => {
    const source = rulesSource();
    const all = mutantsOf(source);
    const shuffled = new SeededRandom(seed).shuffled(all);
    const chosen = wanted === 'all' ? all : shuffled.slice(0, Number(wanted));
    expect(chosen.length).toBeGreaterThan(0);
    if (wanted === 'all') {
      expect(await askUnmutated(emulatorHost(), `demo-mutants-${process.pid}`, source, allCases())).toEqual(
        [],
      );
    }
    const began = performance.now();
    const waiting = [...chosen];
    const runs = Array.from({ length: AT_ONCE }, (_, i) =>
      runMutants(emulatorHost(), `demo-mutants-${process.pid}-${i}`, source, waiting, allCases()),
    );
    const verdicts = (
      await Promise.all(runs).finally(() => {
        // When one run breaks off, the other takes no more.
        waiting.length = 0;
      })
    ).flat();
    expect(verdicts).toHaveLength(chosen.length);
    const killed = verdicts.filter(({ killedBy }) => killedBy !== null).length;
    const excused = verdicts.filter(({ excuse }) => excuse !== null).length;
    const survived = survivorsOf(verdicts).length;
    const seconds = Math.round((performance.now() - began) / 1000);
    const chance = wanted === 'all' ? '' : ` by seed ${seed} (RECOUP_TEST_SEED repeats it)`;
    say(`rules: ${chosen.length} of ${all.length} mutants${chance} in ${seconds} s:`);
    say(`rules: ${killed} noticed, ${excused} listed as equivalent, ${survived} survived`);
    if (survived > 0) say(survivorTable(verdicts));
    expect(survivorTable(verdicts)).toBe('');
    expect(wronglyExcused(verdicts)).toEqual([]);
  },
  LIMIT_MS,
);

test('what is listed as equivalent is a mutant of the rules as they stand', () => {
  const names = new Set(mutantsOf(rulesSource()).map(nameOf));
  expect(Object.keys(equivalent).filter((name) => !names.has(name))).toEqual([]);
});

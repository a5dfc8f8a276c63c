import { allCases } from './tables/allCases';
import { draft } from './tables/invoiceData';
import { readCoverage } from './run/coverage';
import { emulatorHost } from './run/emulatorHost';
import { loadRules, restDriver } from './run/restDriver';
import { rulesSource } from './run/rulesSource';
import { runCases, seedCases } from './run/runCases';
import { tokenize } from './mutants/tokenize';
import { type Case } from './model/case';
import { freshId } from './model/builders';

const projectId = (name: string): string => `demo-rules-${name}-${process.pid}`;

const TINY = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /invoices/{id} {
      allow create: if request.auth.uid == 'alice' && request.resource.data.amount > 1;
      allow delete: if request.auth.uid == 'nobody';
    }
  }
}
`;

test('coverage names a condition that was only true, and one that was never evaluated', async () => {
  const project = projectId('tiny');
  expect(await loadRules(emulatorHost(), project, TINY)).toBeNull();
  const driver = restDriver(emulatorHost(), project);
  const question = { collection: 'invoices', who: 'owner', op: 'create', what: '', allowed: true } as const;
  expect(await driver.ask({ ...question, path: `invoices/${freshId()}`, data: draft })).toBe('allowed');
  const { uncovered } = await readCoverage(emulatorHost(), project, TINY);
  expect(uncovered).toContainEqual({ line: 5, text: "request.auth.uid == 'alice'", why: 'only ever true' });
  expect(uncovered).toContainEqual({ line: 6, text: "request.auth.uid == 'nobody'", why: 'never evaluated' });
});

describe('the worst case of the documented limits', () => {
  const LIMIT = 1000;
  const HALF = LIMIT / 2;
  const reads = allCases().filter(({ op, allowed }) => allowed && (op === 'get' || op === 'list'));
  const writes = allCases().filter(({ op, allowed }) => allowed && op !== 'get' && op !== 'list');

  /** The rules with so many more expressions to evaluate in each `allow` statement. */
  const heavier = (weight: number): string =>
    // A list of so many literals costs as many expressions and one; its size, and that compared, three more.
    rulesSource().replaceAll(
      /(allow [a-z, ]+: if )(?!false)([^;]+);/g,
      `$1[${Array.from({ length: weight - 5 }, () => '0').join(',')}].size() > 0 && ($2);`,
    );

  const refused = async (name: string, rules: string, cases: Case[]): Promise<string[]> => {
    const project = projectId(name);
    expect(await loadRules(emulatorHost(), project, rules)).toBeNull();
    const driver = restDriver(emulatorHost(), project);
    await seedCases(driver, cases);
    return (await runCases(driver, cases)).map(({ message }) => message);
  };

  test('every write that is allowed takes less than half of the expressions', async () => {
    expect(await refused('half', heavier(HALF), writes)).toEqual([]);
    // Were the weight not evaluated, the line above would show nothing.
    expect(await refused('all', heavier(LIMIT), writes.slice(0, 9))).toHaveLength(9);
  });

  test('every read that is allowed has room for as many more in its statements, three for an invoice', async () => {
    expect(await refused('reads-half', heavier(Math.ceil(HALF / 3)), reads)).toEqual([]);
    expect(await refused('reads-all', heavier(LIMIT), reads.slice(0, 9))).toHaveLength(9);
  });

  test('only the notes on a draft look up a document, and they look up one', () => {
    const tokens = tokenize(rulesSource());
    const lookUps = tokens.filter(
      ({ text }, i) =>
        ['get', 'getAfter', 'exists', 'existsAfter'].includes(text) &&
        tokens[i + 1]?.text === '(' &&
        tokens[i - 1]?.text !== '.',
    );
    const lines = rulesSource().split('\n');
    expect(lookUps.map(({ line }) => lines[line - 1]?.trim())).toEqual([
      '&& isOwnDraft(getAfter(/databases/$(database)/documents/invoices/$(invoiceId)).data);',
    ]);
  });
});

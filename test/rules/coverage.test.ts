import { allCases } from './tables/allCases';
import { draft } from './tables/invoiceData';
import { readCoverage } from './run/coverage';
import { emulatorHost } from './run/emulatorHost';
import { loadRules, restDriver } from './run/restDriver';
import { rulesSource } from './run/rulesSource';
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
  const largest = allCases().filter(
    ({ collection, what }) => collection === 'invoices' && what === '200 items',
  );
  const WEIGHT = 400;
  // A list of so many literals costs as many expressions and one.
  const weight = `([${Array.from({ length: WEIGHT }, () => '0').join(',')}].size() > 0) && `;

  /** The rules with so much more to evaluate before each draft is judged. */
  const heavier = (times: number): string =>
    rulesSource().replaceAll(
      /allow (create|update): if isOwnDraft/g,
      `allow $1: if ${weight.repeat(times)}isOwnDraft`,
    );

  const outcomes = async (name: string, rules: string): Promise<unknown[]> => {
    const project = projectId(name);
    expect(await loadRules(emulatorHost(), project, rules)).toBeNull();
    const driver = restDriver(emulatorHost(), project);
    const answers: unknown[] = [];
    for (const one of largest) {
      await driver.write(new Map(Object.entries(one.seed ?? {})));
      answers.push(
        await driver.ask({ ...one, path: one.op === 'create' ? `invoices/${freshId()}` : one.path }),
      );
    }
    return answers;
  };

  test('a draft with 200 items takes less than 600 of the 1,000 expressions', async () => {
    expect(largest.map(({ op }) => op)).toEqual(['create', 'update']);
    expect(await outcomes('worst', heavier(1))).toEqual(['allowed', 'allowed']);
    // Were the weight not evaluated, the line above would show nothing.
    expect(await outcomes('too-much', heavier(3))).toEqual(['denied', 'denied']);
  });

  test('only the notes on a draft look up a document, and they look up one', () => {
    const lookUps = rulesSource()
      .split('\n')
      .filter((line) => /\b(get|getAfter|exists|existsAfter)\(\//.test(line));
    expect(lookUps.map((line) => line.trim())).toEqual([
      '&& isOwnDraft(getAfter(/databases/$(database)/documents/invoices/$(invoiceId)).data);',
    ]);
  });
});

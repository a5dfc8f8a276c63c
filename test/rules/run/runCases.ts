import { type Case, type Data, describeCase } from '../model/case';
import { type Driver, type Outcome } from './driver';

export interface Wrong {
  readonly question: Case;
  readonly outcome: Outcome;
  readonly message: string;
}

const AT_ONCE = 24;

/**
 * Puts every case's documents where the case finds them.
 * @throws when two cases want different documents in one place: one of them would ask about the other's.
 */
export async function seedCases(driver: Driver, cases: readonly Case[]): Promise<void> {
  const documents = new Map<string, Data>();
  for (const one of cases) {
    for (const [path, data] of Object.entries(one.seed ?? {})) {
      const there = documents.get(path);
      if (there !== undefined && JSON.stringify(there) !== JSON.stringify(data))
        throw new Error(`${describeCase(one)}: another case puts a different document at ${path}.`);
      documents.set(path, data);
    }
  }
  await driver.write(documents);
}

/**
 * Asks all the questions: first the writes that are allowed, where those on one document take turns and each is undone
 * before the next, then those that leave everything as it is when they are answered rightly, all at once. The few go
 * first, for half of all mutants of the rules refuse one of them.
 * @param options.stopAtFirst end with the first wrong answer
 */
export async function runCases(
  driver: Driver,
  cases: readonly Case[],
  options: { stopAtFirst?: boolean } = {},
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const ask = async (groups: Case[][]): Promise<void> => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      for (const question of group) {
        if (options.stopAtFirst === true && wrong.length > 0) return;
        const outcome = await driver.ask(question);
        if (outcome === 'allowed') await undo(driver, question);
        if (outcome === (question.allowed ? 'allowed' : 'denied')) continue;
        wrong.push({ question, outcome, message: messageOf(question, outcome) });
      }
    }
  };
  const writes = new Map<string, Case[]>();
  const harmless: Case[][] = [];
  for (const one of cases) {
    if (!one.allowed || one.op === 'get' || one.op === 'list') harmless.push([one]);
    else writes.set(one.path, [...(writes.get(one.path) ?? []), one]);
  }
  for (const groups of [[...writes.values()], harmless]) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => ask(groups)));
  }
  return wrong;
}

function messageOf(question: Case, outcome: Outcome): string {
  const was = typeof outcome === 'string' ? outcome : `not answered: ${outcome.trouble}`;
  const expected = question.allowed ? 'allowed' : 'denied';
  return `${describeCase(question)} at ${question.path} was ${was}, expected ${expected}`;
}

async function undo(driver: Driver, { op, path, seed, together }: Case): Promise<void> {
  if (op === 'get' || op === 'list') return;
  const touched = [path, ...Object.keys(together ?? {})];
  await driver.write(new Map(touched.map((document) => [document, seed?.[document] ?? null])));
}

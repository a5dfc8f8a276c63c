import { type Case, type Data, describeCase } from '../model/case';
import { type Driver } from './driver';

export interface Wrong {
  readonly question: Case;
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
 * Asks all the questions. Cases about one document take turns, and a write that was allowed is undone before the next.
 * @param options.stopAtFirst end with the first wrong answer
 */
export async function runCases(
  driver: Driver,
  cases: readonly Case[],
  options: { stopAtFirst?: boolean } = {},
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const key = one.op === 'list' ? `list ${one.path}` : one.path;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const waiting = [...groups.values()];
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      for (const question of group) {
        if (options.stopAtFirst === true && wrong.length > 0) return;
        const outcome = await driver.ask(question);
        if (outcome === 'allowed') await undo(driver, question);
        if (outcome === (question.allowed ? 'allowed' : 'denied')) continue;
        const was = typeof outcome === 'string' ? outcome : `not answered: ${outcome.trouble}`;
        wrong.push({
          question,
          message: `${describeCase(question)} at ${question.path} was ${was}, expected ${question.allowed ? 'allowed' : 'denied'}`,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return wrong;
}

async function undo(driver: Driver, { op, path, seed, together }: Case): Promise<void> {
  if (op === 'get' || op === 'list') return;
  const touched = [path, ...Object.keys(together ?? {})];
  await driver.write(new Map(touched.map((document) => [document, seed?.[document] ?? null])));
}

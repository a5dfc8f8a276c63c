import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { findConditions } from './mutants/findConditions';
import { rulesSource } from './run/rulesSource';
import { allCases } from './tables/allCases';

const tables = [...new Set(allCases().map(({ collection }) => collection))];

test('every collection of the rules has a table', () => {
  const ruled = findConditions(rulesSource()).filter(({ kind, of }) => kind === 'allow' && of !== '');
  expect(ruled.length).toBeGreaterThan(0);
  expect(ruled.map(({ of }) => of).filter((of) => !tables.includes(of))).toEqual([]);
});

test('every collection that the server touches has a table', () => {
  const source = readFileSync(join(repositoryRoot, 'functions/src/store/collections.ts'), 'utf8');
  const touched = [...source.matchAll(/\.collection(?:Group)?\('([^']+)'\)/g)].map(([, name = '']) => name);
  expect(touched).toEqual(expect.arrayContaining(['users', 'outbox', 'private']));
  const known = tables.map((name) => name.split('/').at(-1) ?? '');
  expect(touched.filter((name) => !known.includes(name))).toEqual([]);
});

test('every collection that nobody reads is named where the rules end', () => {
  const last = rulesSource().split('// processed_events,').at(1) ?? '';
  const readable = new Set(
    allCases()
      .filter(({ op, allowed }) => allowed && op === 'get')
      .map(({ collection }) => collection),
  );
  const closed = tables.filter((name) => !readable.has(name) && /^[a-z_]+$/.test(name));
  const made = ['processed_events', 'user_roles', 'anything_else'];
  expect(closed).toEqual(expect.arrayContaining(['recipients', ...made]));
  expect(closed.filter((name) => !made.includes(name) && !last.includes(name))).toEqual([]);
});

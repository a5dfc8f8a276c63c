import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contactFieldsOf } from '../../../functions/src/domain/contact/contactFieldsOf';
import { contactSchemas } from '../../../functions/src/domain/contact/contactSchemas';
import { dataEntries, dataMap } from '../../../functions/src/domain/privacy/dataMap';
import { recordsUntil } from '../../../functions/src/domain/privacy/retention';
import { describeDataMap } from '../../support/describeDataMap';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { readIndexFile } from '../../indexes/indexFile';
import { allCases } from '../../rules/tables/allCases';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const names = Object.keys(dataMap);

/** Made up for the tests of the rules. */
const MADE_UP = ['user_roles', 'anything_else'];

const ruled = [...new Set(allCases().map(({ collection }) => collection))].filter(
  (name) => /^[a-z_]+(\/[a-z_]+)?$/.test(name) && !MADE_UP.includes(name),
);

describe('the data map', () => {
  it('has every collection that the rules know, and no other', () => {
    expect(ruled.filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !ruled.includes(name))).toEqual([]);
  });

  it('has every collection that the server touches', () => {
    const source = read('functions/src/store/collections.ts');
    const touched = [...source.matchAll(/\.collection(?:Group)?\('([^']+)'\)/g)].map(([, name = '']) => name);
    expect(touched.length).toBeGreaterThan(50);
    const known = names.map((name) => name.split('/').at(-1));
    expect([...new Set(touched)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has every collection that docs/data-model.md names', () => {
    const headings = read('docs/data-model.md').match(/^## .+$/gm) ?? [];
    const named = headings
      .flatMap((heading) => heading.replace(/^## /, '').split(/, (?![^{]*\})/))
      .map((path) => path.replace(/\/\{[^}]*\}/g, '/').split(' ')[0] ?? '')
      .map((path) => (path.startsWith('system_config') ? 'system_config' : path))
      .map((path) => path.replace(/\/+$/, '').replace(/\/+/g, '/'));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('says of everything that is about a freelancer or a debtor what it is, and why', () => {
    const silent = dataEntries.filter(
      ([, { about, holds, basis }]) => about !== 'nobody' && (holds === null || basis === 'none needed'),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('exports to a freelancer what is his, and leaves out nothing of it without a reason', () => {
    for (const [name, { owner, export: rule }] of dataEntries) {
      if (owner === null) expect({ name, exported: !('not' in rule) }).toEqual({ name, exported: false });
      else if ('not' in rule) expect({ name, why: rule.not.length > 10 }).toEqual({ name, why: true });
    }
  });

  it('erases or keeps with a reason every row of a freelancer', () => {
    for (const [name, { owner, erasure }] of dataEntries) {
      if (owner === null) expect([name, erasure.does]).toEqual([name, 'survive']);
      if ('why' in erasure) expect([name, erasure.why.length > 10]).toEqual([name, true]);
    }
  });

  it('takes whatever tells of an address, sealed or not, out of rows that are kept', () => {
    for (const [name, schema] of Object.entries(contactSchemas)) {
      const erasure = dataMap[name]?.erasure;
      if (erasure?.does !== 'strip') continue;
      const left = contactFieldsOf(schema).filter((field) => !erasure.fields.includes(field));
      expect({ name, left }).toEqual({ name, left: [] });
    }
  });

  it('erases the key of contact data when all that it opens is erased', () => {
    expect(dataEntries.at(-1)).toMatchObject(['data_keys', { erasure: { does: 'delete' } }]);
  });

  it('lets rows expire in Firestore itself wherever rows expire', () => {
    const { fieldOverrides } = readIndexFile(join(repositoryRoot, 'firestore.indexes.json'));
    const expiring = fieldOverrides.flatMap(({ ttl, collectionGroup }) =>
      ttl === true ? [collectionGroup] : [],
    );
    const said = dataEntries.flatMap(([name, { retention }]) => (retention.rule === 'expires' ? [name] : []));
    // The pages of a run go with the run, and by themselves.
    expect([...said, 'pages'].sort()).toEqual(expiring.sort());
  });

  it('is the table of docs/privacy.md', () => {
    // Prettier pads the cells.
    const squeezed = (table: string): string => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(squeezed(read('docs/privacy.md'))).toContain(squeezed(describeDataMap()));
  });
});

describe('records of a closed account', () => {
  it.each([
    ['2026-04-05T22:30:00Z', '2032-04-05T23:00:00.000Z'],
    ['2026-04-05T23:30:00Z', '2033-04-05T23:00:00.000Z'],
    ['2026-11-30T12:00:00Z', '2033-04-05T23:00:00.000Z'],
    ['2027-01-01T00:00:00Z', '2033-04-05T23:00:00.000Z'],
  ])('closed at %s are kept until %s: six years from the end of that tax year', (closedAt, until) => {
    expect(recordsUntil(new Date(closedAt)).toISOString()).toBe(until);
  });
});

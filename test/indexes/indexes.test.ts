import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deleteApp as deleteAdminApp, initializeApp as initializeAdminApp } from 'firebase-admin/app';
import { getFirestore as getAdminFirestore } from 'firebase-admin/firestore';
import { deleteApp, initializeApp } from 'firebase/app';
import { connectFirestoreEmulator, getDocs, getFirestore, terminate } from 'firebase/firestore';
import { docSnippets, SnippetBook } from '../support/docSnippets';
import { consoleQueries } from './consoleQueries';
import { type DescribedQuery } from './describedQuery';
import { deriveIndexes } from './deriveIndexes';
import { asFileIndex, hasSingleField, inWords, isIndexFor, overrideOf, readIndexFile } from './indexFile';
import { type QueryRecorder, recordQueries } from './recordQueries';
import { runOnNothing } from './runOnNothing';
import { storeQueries } from './storeQueries';

const repository = join(__dirname, '../..');
const file = readIndexFile(join(repository, 'firestore.indexes.json'));
const snippets = docSnippets(join(repository, 'docs/web-client.md'));

interface NamedQuery {
  readonly name: string;
  readonly query: DescribedQuery;
}

/** A filter or an order is built here. */
const BUILDS_A_QUERY = /\.(where|orderBy|collectionGroup|findNearest)\(/;

const isQuery = ({ source }: { source: string }): boolean => /\bquery\(/.test(source);

describe('firestore.indexes.json', () => {
  let recorder: QueryRecorder;
  let queries: NamedQuery[];

  beforeAll(async () => {
    recorder = await recordQueries();
    queries = [...(await serverQueries()), ...(await webClientQueries()), ...(await operatorsQueries())];
  });
  afterAll(() => recorder.stop());

  async function serverQueries(): Promise<NamedQuery[]> {
    process.env['FIRESTORE_EMULATOR_HOST'] = recorder.host;
    const app = initializeAdminApp({ projectId: 'demo-indexes' }, 'indexes');
    const found: NamedQuery[] = [];
    for (const { name, query } of storeQueries(getAdminFirestore(app))) {
      await query.get();
      found.push(...recorder.take().map((described) => ({ name: `collections.${name}`, query: described })));
    }
    await deleteAdminApp(app);
    return found;
  }

  async function webClientQueries(): Promise<NamedQuery[]> {
    const app = initializeApp({ projectId: 'demo-indexes' }, 'indexes');
    const db = getFirestore(app);
    connectFirestoreEmulator(db, '127.0.0.1', recorder.port);
    const book = new SnippetBook(snippets);
    const found: NamedQuery[] = [];
    for (const snippet of snippets.filter(isQuery)) {
      await runOnNothing(book, snippet.name, db);
      found.push(...recorder.take().map((query) => ({ name: `web client's ${snippet.name}`, query })));
    }
    await terminate(db);
    await deleteApp(app);
    return found;
  }

  async function operatorsQueries(): Promise<NamedQuery[]> {
    const app = initializeApp({ projectId: 'demo-indexes' }, 'console');
    const db = getFirestore(app);
    connectFirestoreEmulator(db, '127.0.0.1', recorder.port);
    const found: NamedQuery[] = [];
    for (const [name, query] of Object.entries(consoleQueries(db))) {
      await getDocs(query);
      found.push(...recorder.take().map((described) => ({ name: `console's ${name}`, query: described })));
    }
    await terminate(db);
    await deleteApp(app);
    return found;
  }

  it('is compared with every query that is built', () => {
    const names = queries.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('collections.')).sort()).toEqual(
      expect.arrayContaining([
        'collections.dueWebhooks',
        'collections.transactionsOfInvoice',
        'collections.unfinishedRuns',
      ]),
    );
    // One query in each block, so that none hides behind an argument.
    expect(names.filter((name) => name.startsWith('web client'))).toEqual(
      snippets.filter(isQuery).map(({ name }) => `web client's ${name}`),
    );
    for (const { name, source } of snippets) {
      expect([name, source.match(/\bquery\(/g)?.length ?? 0]).toEqual([name, isQuery({ source }) ? 1 : 0]);
    }
  });

  it('needs no look at other files: queries are built in store/collections.ts and the store/queries.ts of the console', () => {
    const sources = join(repository, 'functions/src');
    const builders = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter(
        (path) => path.endsWith('.ts') && BUILDS_A_QUERY.test(readFileSync(join(sources, path), 'utf8')),
      )
      .map((path) => relative(sources, join(sources, path)));
    expect(builders).toEqual([join('store', 'collections.ts')]);
    const console = join(repository, 'console/src');
    const ofConsole = readdirSync(console, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) =>
        /\b(where|orderBy|collectionGroup|collection)\(/.test(readFileSync(join(console, path), 'utf8')),
      );
    expect(ofConsole).toEqual([join('store', 'queries.ts')]);
  });

  it('holds every composite index that a query needs', () => {
    const missing = queries.flatMap(({ name, query }) => {
      const { composite } = deriveIndexes(query);
      if (composite === null || file.indexes.some((index) => isIndexFor(index, composite))) return [];
      return [`${name} needs ${inWords(asFileIndex(composite))}`];
    });
    expect(missing).toEqual([]);
  });

  it('holds no composite index that no query needs, and none twice', () => {
    const needed = queries
      .map(({ query }) => deriveIndexes(query).composite)
      .filter((index) => index !== null);
    const unneeded = file.indexes.filter((index) => !needed.some((one) => isIndexFor(index, one)));
    expect(unneeded.map(inWords)).toEqual([]);
    const twice = needed.filter((one) => file.indexes.filter((index) => isIndexFor(index, one)).length > 1);
    expect(twice.map((one) => inWords(asFileIndex(one)))).toEqual([]);
  });

  it('keeps every single-field index that a query uses', () => {
    const missing = queries.flatMap(({ name, query }) =>
      deriveIndexes(query)
        .singleFields.filter((single) => !hasSingleField(file, single))
        .map(({ collection, field, mode }) => `${name} uses ${collection}.${field} ${mode}`),
    );
    expect(missing).toEqual([]);
  });

  it('exempts no field that a query filters or sorts by', () => {
    const broken = queries.flatMap(({ name, query }) =>
      [...query.filters, ...query.orders]
        .filter(({ field }) => overrideOf(file, query.collection, field)?.indexes.length === 0)
        .map(({ field }) => `${name} asks for ${query.collection}.${field}`),
    );
    expect(broken).toEqual([]);
  });

  it('names each field once', () => {
    const names = file.fieldOverrides.map(
      ({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`,
    );
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });
});

import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type CollectionReference, getFirestore, type Query } from 'firebase-admin/firestore';
import { deriveIndexes } from './deriveIndexes';
import { describeQuery } from './describeQuery';
import { asFileIndex, inWords } from './indexFile';
import { type QueryRecorder, recordQueries } from './recordQueries';

describe('a query as a client library sends it', () => {
  let recorder: QueryRecorder;
  const app = initializeApp({ projectId: 'demo-described' }, 'described');

  beforeAll(async () => {
    recorder = await recordQueries();
    process.env['FIRESTORE_EMULATOR_HOST'] = recorder.host;
  });
  afterAll(async () => {
    await deleteApp(app);
    recorder.stop();
  });

  /** The index that the query needs, in words. */
  async function needs(query: Query): Promise<string> {
    await query.get();
    const [sent] = recorder.take();
    if (sent === undefined) throw new Error('nothing was sent');
    const { composite, singleFields } = deriveIndexes(sent);
    if (composite !== null) return inWords(asFileIndex(composite));
    return singleFields.map(({ scope, field, mode }) => `${scope} ${field} ${mode}`).join(' + ');
  }

  it.each<[string, (c: CollectionReference) => Query, string]>([
    ['==', (c) => c.where('a', '==', 1), 'COLLECTION a ASCENDING'],
    ['== null', (c) => c.where('a', '==', null), 'COLLECTION a ASCENDING'],
    ['in', (c) => c.where('a', 'in', [1, 2]), 'COLLECTION a ASCENDING'],
    [
      'in with an order',
      (c) => c.where('a', 'in', [1, 2]).orderBy('b', 'desc'),
      'c (COLLECTION): a ASCENDING, b DESCENDING',
    ],
    [
      'in with a range',
      (c) => c.where('a', 'in', [1, 2]).where('b', '<', 3),
      'c (COLLECTION): a ASCENDING, b ASCENDING',
    ],
    ['!=', (c) => c.where('a', '!=', 1), 'COLLECTION a ASCENDING'],
    [
      'not-in with ==',
      (c) => c.where('a', 'not-in', [1]).where('b', '==', 2),
      'c (COLLECTION): b ASCENDING, a ASCENDING',
    ],
    ['array-contains', (c) => c.where('a', 'array-contains', 1), 'COLLECTION a CONTAINS'],
    [
      'array-contains-any with an order',
      (c) => c.where('a', 'array-contains-any', [1, 2]).orderBy('b'),
      'c (COLLECTION): a CONTAINS, b ASCENDING',
    ],
    ['a cursor', (c) => c.orderBy('a', 'desc').startAfter(7), 'COLLECTION a DESCENDING'],
    [
      'a cursor at a name',
      (c) => c.orderBy('a', 'desc').orderBy('__name__', 'desc').startAfter(7, 'id'),
      'COLLECTION a DESCENDING',
    ],
    [
      'a cursor behind an equality',
      (c) => c.where('a', '==', 1).orderBy('b').endBefore(7).limit(2),
      'c (COLLECTION): a ASCENDING, b ASCENDING',
    ],
    [
      'a collection group',
      (c) => c.firestore.collectionGroup('c').where('a', '==', 1),
      'COLLECTION_GROUP a ASCENDING',
    ],
    [
      'a collection group in an order',
      (c) => c.firestore.collectionGroup('c').where('a', '==', 1).orderBy('b'),
      'c (COLLECTION_GROUP): a ASCENDING, b ASCENDING',
    ],
  ])('with %s', async (_, build, expected) => {
    expect(await needs(build(getFirestore(app).collection('c')))).toBe(expected);
  });
});

it('an alternative is refused, not half described', () => {
  const one = { fieldFilter: { field: { fieldPath: 'a' }, op: 'EQUAL' } };
  const from: [{ collectionId: string }] = [{ collectionId: 'c' }];
  const where = { compositeFilter: { op: 'OR', filters: [one, one] } };
  expect(() => describeQuery({ from, where, orderBy: [] })).toThrow('OR is not described');
});

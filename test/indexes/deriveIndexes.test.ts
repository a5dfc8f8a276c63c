import { type DescribedQuery, type Order } from './describedQuery';
import { deriveIndexes } from './deriveIndexes';
import { asFileIndex, hasSingleField, type IndexFile, inWords, isIndexFor } from './indexFile';

const asc = (field: string): Order => ({ field, direction: 'ASCENDING' });
const desc = (field: string): Order => ({ field, direction: 'DESCENDING' });
const eq = (field: string) => ({ field, kind: 'equality' as const });
const range = (field: string) => ({ field, kind: 'range' as const });
const array = (field: string) => ({ field, kind: 'array' as const });

type Rest = Partial<Omit<DescribedQuery, 'collection'>>;

const queryOf = (rest: Rest): DescribedQuery => ({
  collection: 'c',
  scope: 'COLLECTION',
  filters: [],
  orders: [],
  ...rest,
});

/** What a query needs, in words. */
function needs(rest: Rest): string {
  const { composite, singleFields } = deriveIndexes(queryOf(rest));
  if (composite !== null) return inWords(asFileIndex(composite)).replace('c (COLLECTION): ', 'composite ');
  return singleFields.map(({ field, mode }) => `${field} ${mode}`).join(' + ') || 'nothing';
}

describe('the indexes that a query needs', () => {
  it.each<[string, Rest, string]>([
    ['a whole collection', {}, 'nothing'],
    ['an equality', { filters: [eq('a')] }, 'a ASCENDING'],
    ['several equalities, merged', { filters: [eq('b'), eq('a')] }, 'a ASCENDING + b ASCENDING'],
    ['a range', { filters: [range('a')] }, 'a ASCENDING'],
    ['both ends of a range', { filters: [range('a'), range('a')] }, 'a ASCENDING'],
    ['a range, descending', { filters: [range('a')], orders: [desc('a')] }, 'a DESCENDING'],
    ['an order', { orders: [asc('a')] }, 'a ASCENDING'],
    ['a descending order', { orders: [desc('a')] }, 'a DESCENDING'],
    ['an array', { filters: [array('a')] }, 'a CONTAINS'],
    ['equality and range', { filters: [eq('a'), range('b')] }, 'composite a ASCENDING, b ASCENDING'],
    [
      'equality and order',
      { filters: [eq('a')], orders: [desc('b')] },
      'composite a ASCENDING, b DESCENDING',
    ],
    [
      'several equalities and an order',
      { filters: [eq('b'), eq('a')], orders: [asc('c')] },
      'composite a ASCENDING, b ASCENDING, c ASCENDING',
    ],
    [
      'equality, range and order on one field',
      { filters: [eq('a'), range('b')], orders: [desc('b')] },
      'composite a ASCENDING, b DESCENDING',
    ],
    ['several orders', { orders: [asc('b'), desc('a')] }, 'composite b ASCENDING, a DESCENDING'],
    [
      'an inequality with an order on another field, which comes first',
      { filters: [range('a')], orders: [desc('b')] },
      'composite b DESCENDING, a DESCENDING',
    ],
    [
      'two inequalities, by the names of their fields',
      { filters: [range('b'), range('a')] },
      'composite a ASCENDING, b ASCENDING',
    ],
    ['array and order', { filters: [array('a')], orders: [asc('b')] }, 'composite a CONTAINS, b ASCENDING'],
    ['array and equality', { filters: [array('a'), eq('b')] }, 'composite b ASCENDING, a CONTAINS'],
    ['an order by a field held to one value', { filters: [eq('a')], orders: [desc('a')] }, 'a ASCENDING'],
    ['the usual name at the end', { orders: [desc('a'), desc('__name__')] }, 'a DESCENDING'],
    [
      'the name the other way',
      { orders: [desc('a'), asc('__name__')] },
      'composite a DESCENDING, __name__ ASCENDING',
    ],
    ['equality and name', { filters: [eq('a')], orders: [asc('__name__')] }, 'a ASCENDING'],
    ['equality and name, last first', { filters: [eq('a')], orders: [desc('__name__')] }, 'a DESCENDING'],
    ['equality and a range of names', { filters: [eq('a'), range('__name__')] }, 'a ASCENDING'],
    ['one name among equals', { filters: [eq('a'), eq('__name__')] }, 'a ASCENDING'],
    ['names, last first', { orders: [desc('__name__')] }, 'composite __name__ DESCENDING'],
    ['what is sorted after the name', { orders: [asc('__name__'), asc('a')] }, 'nothing'],
  ])('of %s', (_, query, expected) => {
    expect(needs(query)).toBe(expected);
  });

  it('keeps the scope of a collection group, for single fields and composites', () => {
    const scope = 'COLLECTION_GROUP' as const;
    expect(deriveIndexes(queryOf({ scope, filters: [eq('a')] })).singleFields).toEqual([
      { collection: 'c', scope, field: 'a', mode: 'ASCENDING' },
    ]);
    const { composite } = deriveIndexes(queryOf({ scope, filters: [eq('a')], orders: [asc('b')] }));
    expect(composite?.scope).toBe(scope);
  });
});

describe('an index of the file', () => {
  const { composite } = deriveIndexes(queryOf({ filters: [eq('a'), eq('b')], orders: [desc('d')] }));
  if (composite === null) throw new Error('this query needs a composite index');
  const index = (...fields: [string, 'ASCENDING' | 'DESCENDING'][]) => ({
    collectionGroup: 'c',
    queryScope: 'COLLECTION' as const,
    fields: fields.map(([fieldPath, order]) => ({ fieldPath, order })),
  });

  it('may hold the equalities in any order and direction', () => {
    expect(isIndexFor(asFileIndex(composite), composite)).toBe(true);
    expect(isIndexFor(index(['b', 'DESCENDING'], ['a', 'ASCENDING'], ['d', 'DESCENDING']), composite)).toBe(
      true,
    );
  });

  it.each([
    ['sorts the other way', index(['a', 'ASCENDING'], ['b', 'ASCENDING'], ['d', 'ASCENDING'])],
    ['lacks an equality', index(['a', 'ASCENDING'], ['d', 'DESCENDING'])],
    ['sorts first', index(['d', 'DESCENDING'], ['a', 'ASCENDING'], ['b', 'ASCENDING'])],
    ['goes on', index(['a', 'ASCENDING'], ['b', 'ASCENDING'], ['d', 'DESCENDING'], ['e', 'ASCENDING'])],
    ['is of another collection', { ...asFileIndex(composite), collectionGroup: 'x' }],
    ['is of the collection group', { ...asFileIndex(composite), queryScope: 'COLLECTION_GROUP' as const }],
  ])('is another one when it %s', (_, other) => {
    expect(isIndexFor(other, composite)).toBe(false);
  });
});

describe('a single-field index', () => {
  const file: IndexFile = {
    indexes: [],
    fieldOverrides: [
      { collectionGroup: 'c', fieldPath: 'map', indexes: [] },
      { collectionGroup: 'c', fieldPath: 'up', indexes: [{ order: 'ASCENDING', queryScope: 'COLLECTION' }] },
      {
        collectionGroup: 'c',
        fieldPath: 'all',
        indexes: [{ order: 'ASCENDING', queryScope: 'COLLECTION_GROUP' }],
      },
    ],
  };
  it.each([
    ['of a field that the file does not name', 'free', 'COLLECTION', 'DESCENDING', true],
    ['of such a field for the collection group', 'free', 'COLLECTION_GROUP', 'ASCENDING', false],
    ['of an exempted field', 'map', 'COLLECTION', 'ASCENDING', false],
    ['of a field in an exempted map', 'map.a.b', 'COLLECTION', 'ASCENDING', false],
    ['in the mode that was kept', 'up', 'COLLECTION', 'ASCENDING', true],
    ['in a mode that was not kept', 'up', 'COLLECTION', 'DESCENDING', false],
    ['for the collection group, as the file says', 'all', 'COLLECTION_GROUP', 'ASCENDING', true],
  ] as const)('%s', (_, field, scope, mode, exists) => {
    expect(hasSingleField(file, { collection: 'c', scope, field, mode })).toBe(exists);
  });
});

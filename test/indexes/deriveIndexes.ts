import { type DescribedQuery, type Direction, type Order, type Scope } from './describedQuery';

export type Mode = Direction | 'CONTAINS';

/** A composite index: its leading fields in any order, then the ordered ones exactly as the query sorts. */
export interface CompositeIndex {
  readonly collection: string;
  readonly scope: Scope;
  /** Fields that the query holds to a value; their direction makes no difference. */
  readonly equalities: readonly string[];
  readonly arrays: readonly string[];
  readonly orders: readonly Order[];
}

export interface SingleFieldIndex {
  readonly collection: string;
  readonly scope: Scope;
  readonly field: string;
  readonly mode: Mode;
}

/** What a query needs: one composite index, or single-field indexes (several are merged), or neither. */
export interface NeededIndexes {
  readonly composite: CompositeIndex | null;
  readonly singleFields: readonly SingleFieldIndex[];
}

const NAME = '__name__';

/**
 * The indexes that a query needs by Firestore's documented rules
 * (https://firebase.google.com/docs/firestore/query-data/index-overview, Standard edition):
 *
 * - equalities alone, `in` among them, merge the single-field indexes of their fields;
 * - one filter or one order alone uses the single-field index of its field, in the query's direction;
 * - anything else needs a composite index: the equalities, the array, then the sorted fields with their directions;
 * - a range sorts by its field even when the query does not say so, after the orders that it does say; several such
 *   fields follow in the order of their names, in the direction of the last order;
 * - every index ends in `__name__`, in the direction of its last field; another direction has to be written out;
 * - single-field indexes of a collection group are not made by themselves.
 *
 * Two simplifications, both on the side of one index too many: composite indexes of one tail are not merged, and an
 * array filter with an equality is given a composite index, since only equalities are documented as merged.
 */
export function deriveIndexes(query: DescribedQuery): NeededIndexes {
  const { collection, scope } = query;
  const fieldsOf = (kind: string): string[] => [
    ...new Set(
      query.filters
        .filter((filter) => filter.kind === kind && filter.field !== NAME)
        .map(({ field }) => field),
    ),
  ];
  const equalities = fieldsOf('equality').sort();
  const arrays = fieldsOf('array');
  const orders = sortOrders(query, equalities, fieldsOf('range').sort());
  const single = (field: string, mode: Mode): SingleFieldIndex => ({ collection, scope, field, mode });
  const composite = { composite: { collection, scope, equalities, arrays, orders }, singleFields: [] };

  const [first, ...further] = orders;
  if (first === undefined) {
    if (arrays.length === 0) {
      return { composite: null, singleFields: equalities.map((field) => single(field, 'ASCENDING')) };
    }
    if (arrays.length > 1 || equalities.length > 0) return composite;
    return { composite: null, singleFields: arrays.map((field) => single(field, 'CONTAINS')) };
  }
  if (arrays.length === 0 && further.length === 0) {
    // Every single-field index holds the documents of one value in the order of their names.
    if (first.field === NAME && equalities.length > 0) {
      return { composite: null, singleFields: equalities.map((field) => single(field, first.direction)) };
    }
    if (first.field !== NAME && equalities.length === 0) {
      return { composite: null, singleFields: [single(first.field, first.direction)] };
    }
  }
  return composite;
}

/** The sort that the query really has, without what says nothing: fields held to one value, and the usual `__name__`. */
function sortOrders(
  query: DescribedQuery,
  equalities: readonly string[],
  ranges: readonly string[],
): Order[] {
  const said = query.orders.filter(({ field }) => !equalities.includes(field));
  const byName = said.findIndex(({ field }) => field === NAME);
  // Names are unique: what would be sorted after them is not sorted at all.
  const orders = byName === -1 ? said : said.slice(0, byName);
  const last = orders.at(-1)?.direction ?? 'ASCENDING';
  if (byName === -1) {
    const sorted = new Set(orders.map(({ field }) => field));
    const unsaid = ranges.filter((field) => !sorted.has(field) && !equalities.includes(field));
    return [...orders, ...unsaid.map((field) => ({ field, direction: last }))];
  }
  const name = said[byName];
  return name === undefined || name.direction === last ? orders : [...orders, name];
}

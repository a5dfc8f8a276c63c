export type Scope = 'COLLECTION' | 'COLLECTION_GROUP';
export type Direction = 'ASCENDING' | 'DESCENDING';

/** What a filter asks of an index: one value of a field, membership of an array, or a range of the field's order. */
export type FilterKind = 'equality' | 'array' | 'range';

export interface Order {
  readonly field: string;
  readonly direction: Direction;
}

/** A query as far as indexes are concerned: values, limits and cursors make no difference to them. */
export interface DescribedQuery {
  readonly collection: string;
  readonly scope: Scope;
  readonly filters: readonly { readonly field: string; readonly kind: FilterKind }[];
  readonly orders: readonly Order[];
}

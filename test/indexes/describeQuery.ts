import { z } from 'zod';
import { type DescribedQuery, type FilterKind } from './describedQuery';

const fieldSchema = z.object({ fieldPath: z.string() });

interface Filter {
  fieldFilter?: { field: { fieldPath: string }; op: string } | null | undefined;
  unaryFilter?: { field: { fieldPath: string }; op: string } | null | undefined;
  compositeFilter?: { op: string; filters: Filter[] } | null | undefined;
}

const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.object({
    fieldFilter: z.object({ field: fieldSchema, op: z.string() }).nullish(),
    unaryFilter: z.object({ field: fieldSchema, op: z.string() }).nullish(),
    compositeFilter: z.object({ op: z.string(), filters: z.array(filterSchema) }).nullish(),
  }),
);

/** `google.firestore.v1.StructuredQuery`, with enums by name. */
export const structuredQuerySchema = z.object({
  from: z.tuple([z.object({ collectionId: z.string(), allDescendants: z.boolean().nullish() })]),
  where: filterSchema.nullish(),
  orderBy: z
    .array(z.object({ field: fieldSchema, direction: z.string().nullish() }))
    .nullish()
    .transform((orders) => orders ?? []),
  findNearest: z.null().optional(),
});

export type StructuredQuery = z.infer<typeof structuredQuerySchema>;

const KINDS: Readonly<Record<string, FilterKind>> = {
  EQUAL: 'equality',
  IN: 'equality',
  IS_NULL: 'equality',
  IS_NAN: 'equality',
  ARRAY_CONTAINS: 'array',
  ARRAY_CONTAINS_ANY: 'array',
  LESS_THAN: 'range',
  LESS_THAN_OR_EQUAL: 'range',
  GREATER_THAN: 'range',
  GREATER_THAN_OR_EQUAL: 'range',
  NOT_EQUAL: 'range',
  NOT_IN: 'range',
  IS_NOT_NULL: 'range',
  IS_NOT_NAN: 'range',
};

/**
 * Describes a query as it went over the wire.
 *
 * @throws on a disjunction (`or`), which is not described: each of its branches would need indexes of its own
 */
export function describeQuery(query: StructuredQuery): DescribedQuery {
  const [{ collectionId, allDescendants }] = query.from;
  return {
    collection: collectionId,
    scope: allDescendants === true ? 'COLLECTION_GROUP' : 'COLLECTION',
    filters: query.where == null ? [] : filtersOf(query.where),
    orders: query.orderBy.map(({ field, direction }) => ({
      field: field.fieldPath,
      direction: direction === 'DESCENDING' ? 'DESCENDING' : 'ASCENDING',
    })),
  };
}

function filtersOf(filter: Filter): DescribedQuery['filters'] {
  if (filter.compositeFilter != null) {
    const { op, filters } = filter.compositeFilter;
    if (op !== 'AND') throw new Error(`a query with ${op} is not described yet`);
    return filters.flatMap(filtersOf);
  }
  const one = filter.fieldFilter ?? filter.unaryFilter;
  const kind = KINDS[one?.op ?? ''];
  if (one == null || kind === undefined) throw new Error(`unknown filter ${JSON.stringify(filter)}`);
  return [{ field: one.field.fieldPath, kind }];
}

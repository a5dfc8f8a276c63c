import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Scope } from './describedQuery';
import { type CompositeIndex, type SingleFieldIndex } from './deriveIndexes';

const direction = z.enum(['ASCENDING', 'DESCENDING']);
const scope = z.enum(['COLLECTION', 'COLLECTION_GROUP']);
const fieldSchema = z.union([
  z.strictObject({ fieldPath: z.string(), order: direction }),
  z.strictObject({ fieldPath: z.string(), arrayConfig: z.literal('CONTAINS') }),
]);
const compositeSchema = z.strictObject({
  collectionGroup: z.string(),
  queryScope: scope,
  fields: z.array(fieldSchema).min(1),
});
const modeSchema = z.union([
  z.strictObject({ queryScope: scope, order: direction }),
  z.strictObject({ queryScope: scope, arrayConfig: z.literal('CONTAINS') }),
]);
const overrideSchema = z.strictObject({
  collectionGroup: z.string(),
  fieldPath: z.string(),
  ttl: z.boolean().optional(),
  indexes: z.array(modeSchema),
});
const fileSchema = z.strictObject({
  indexes: z.array(compositeSchema),
  fieldOverrides: z.array(overrideSchema),
});

export type IndexFile = z.infer<typeof fileSchema>;
export type FileIndex = z.infer<typeof compositeSchema>;
export type FieldOverride = z.infer<typeof overrideSchema>;

/** `firestore.indexes.json`, by the format that the Firebase CLI deploys. */
export function readIndexFile(path: string): IndexFile {
  return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

type IndexField = z.infer<typeof fieldSchema>;

const modeOf = (field: IndexField): string => ('order' in field ? field.order : field.arrayConfig);

/** Whether an index of the file is the one that a query needs. */
export function isIndexFor(index: FileIndex, needed: CompositeIndex): boolean {
  if (index.collectionGroup !== needed.collection || index.queryScope !== needed.scope) return false;
  const leading = needed.equalities.length + needed.arrays.length;
  const head = index.fields.slice(0, leading);
  const tail = index.fields.slice(leading);
  const held = head.filter((field) => 'order' in field).map(({ fieldPath }) => fieldPath);
  const arrays = head.filter((field) => 'arrayConfig' in field).map(({ fieldPath }) => fieldPath);
  return (
    sameNames(held, needed.equalities) &&
    sameNames(arrays, needed.arrays) &&
    tail.length === needed.orders.length &&
    tail.every((field, n) => {
      const order = needed.orders[n];
      return field.fieldPath === order?.field && modeOf(field) === order.direction;
    })
  );
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join('\n') === [...other].sort().join('\n');
}

/** The index as it would stand in the file. */
export function asFileIndex(needed: CompositeIndex): FileIndex {
  return {
    collectionGroup: needed.collection,
    queryScope: needed.scope,
    fields: [
      ...needed.equalities.map((fieldPath) => ({ fieldPath, order: 'ASCENDING' as const })),
      ...needed.arrays.map((fieldPath) => ({ fieldPath, arrayConfig: 'CONTAINS' as const })),
      ...needed.orders.map(({ field, direction: order }) => ({ fieldPath: field, order })),
    ],
  };
}

/**
 * Whether a single-field index exists: by what the file says of the field, or of the map that holds it; a field of which
 * it says nothing is indexed both ways and as an array, for its collection but not for the collection group.
 */
export function hasSingleField(file: IndexFile, needed: SingleFieldIndex): boolean {
  const override = overrideOf(file, needed.collection, needed.field);
  if (override === null) return needed.scope === 'COLLECTION';
  return override.indexes.some(
    (index) =>
      index.queryScope === needed.scope && ('order' in index ? index.order : 'CONTAINS') === needed.mode,
  );
}

export function overrideOf(file: IndexFile, collection: string, field: string): FieldOverride | null {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const override = file.fieldOverrides.find(
      ({ collectionGroup, fieldPath }) => collectionGroup === collection && fieldPath === path,
    );
    if (override !== undefined) return override;
  }
  return null;
}

/** A line for a person: `invoices (COLLECTION): freelancerId ASCENDING, dueDate ASCENDING`. */
export function inWords(index: FileIndex): string {
  const fields = index.fields.map((field) => `${field.fieldPath} ${modeOf(field)}`);
  return `${index.collectionGroup} (${index.queryScope satisfies Scope}): ${fields.join(', ')}`;
}

import * as z from 'zod';

/** What kind of address a field holds; null: no address at all. */
export type PiiKind = 'email' | 'sms';

const marks = z.registry<{ readonly kind: PiiKind | null }>();

/** Marks a field that holds somebody's address: it is sealed where contact data is sealed. Outermost, around `nullish`. */
export function pii<S extends z.ZodType>(kind: PiiKind, schema: S): S {
  marks.add(schema, { kind });
  return schema;
}

/** Marks a text that holds no address. In a schema with contact data each text has one mark or the other. */
export function plain<S extends z.ZodType>(schema: S): S {
  marks.add(schema, { kind: null });
  return schema;
}

/** Whether somebody has thought about this field. */
export function isMarked(schema: z.ZodType): boolean {
  return marks.has(schema);
}

/** The fields of a document that hold addresses, by their marks. */
export function piiFieldsOf(
  schema: z.ZodObject,
): readonly { readonly field: string; readonly kind: PiiKind }[] {
  return Object.entries(schema.shape).flatMap(([field, part]) => {
    const kind = marks.get(part as z.ZodType)?.kind ?? null;
    return kind === null ? [] : [{ field, kind }];
  });
}

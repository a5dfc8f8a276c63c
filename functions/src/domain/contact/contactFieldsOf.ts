import type * as z from 'zod';
import { piiFieldsOf } from './pii';

/** Every field of a document that tells of an address, in whichever form: itself, its keyed hash, what is shown of it. */
export function contactFieldsOf(schema: z.ZodObject): readonly string[] {
  return piiFieldsOf(schema).flatMap(({ field }) => [field, `${field}Hash`, `${field}Masked`]);
}

import { type DocumentSnapshot, type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import type * as z from 'zod';
import { PermanentFailure } from '../platform/errors';

/**
 * A document as its schema says, with Firestore's timestamps as dates; null when the document does not exist. What a
 * query found exists.
 *
 * @throws PermanentFailure `corrupt_document` when it does not fit: somebody has to mend it, then replay
 */
export function decode<S extends z.ZodType>(schema: S, snapshot: QueryDocumentSnapshot): z.infer<S>;
export function decode<S extends z.ZodType>(
  schema: S,
  snapshot: DocumentSnapshot | undefined,
): z.infer<S> | null;
export function decode<S extends z.ZodType>(
  schema: S,
  snapshot: DocumentSnapshot | undefined,
): z.infer<S> | null {
  if (snapshot?.exists !== true) return null;
  const parsed = schema.safeParse(withDates(snapshot.data()));
  if (parsed.success) return parsed.data;
  // Field names only: values may be personal.
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PermanentFailure(
    'corrupt_document',
    `A document in ${snapshot.ref.parent.id} does not fit: ${fields}.`,
  );
}

function withDates(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(withDates);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDates(inner)]));
  }
  return value;
}

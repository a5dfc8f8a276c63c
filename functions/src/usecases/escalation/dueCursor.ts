import { type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import * as z from 'zod';

const cursorSchema = z.tuple([z.int(), z.int(), z.string()]);

/** The place of an invoice in the order of what is due, as text: exact to the nanosecond, for others may write too. */
export function dueCursor(invoice: QueryDocumentSnapshot): string {
  const at: unknown = invoice.get('nextActionAt');
  if (!(at instanceof Timestamp)) throw new Error('what is found by a moment has one');
  return JSON.stringify([at.seconds, at.nanoseconds, invoice.id]);
}

/** The values to start after. */
export function readDueCursor(text: string): readonly [Timestamp, string] {
  const [seconds, nanoseconds, id] = cursorSchema.parse(JSON.parse(text));
  return [new Timestamp(seconds, nanoseconds), id];
}

import * as z from 'zod';

/** Rises whenever an answer changes so that a reader of the old form would misread it. */
export const FORMAT_VERSION = 1;

/** One document: where it stands, and what is in it. Instants are ISO, days 'YYYY-MM-DD', money minor units. */
export const recordSchema = z.strictObject({
  /** As in the data map: `invoices`, `usage/invoices`. */
  collection: z.string(),
  path: z.string(),
  data: z.record(z.string(), z.json()),
});

/** What is held, and why: of each collection, whether there is something of the reader in it or not. */
export const heldSchema = z.strictObject({
  collection: z.string(),
  holds: z.string(),
  purpose: z.string(),
  lawfulBasis: z.string(),
  readers: z.string(),
  kept: z.string(),
  /** Null: its records are in the answer; else why not. */
  leftOut: z.string().nullable(),
});

/** A page of what a freelancer gets when he asks for his data. */
export const exportPageSchema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  /** ISO. */
  generatedAt: z.iso.datetime(),
  uid: z.string(),
  /** On the first page; empty on those that follow. */
  about: z.array(heldSchema),
  /** What could not be read any more. */
  notes: z.array(z.string()),
  records: z.array(recordSchema),
  /** To be sent with the next call; null on the last page. */
  nextCursor: z.string().nullable(),
});

export type ExportRecord = z.infer<typeof recordSchema>;
export type HeldData = z.infer<typeof heldSchema>;
export type ExportPage = z.infer<typeof exportPageSchema>;

import * as z from 'zod';

/** Where the page before ended, as its answer said; nothing for the first one. */
export const cursorInput = z
  .string()
  .max(4_000)
  .nullish()
  .transform((cursor) => cursor ?? null);

import * as z from 'zod';

export const suppressionReasons = ['bounce', 'complaint', 'unsubscribe', 'manual'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** `email_suppressions/{keyed hash}`: an address that must not be written to. `lifted`: it may be again. */
export const suppressionSchema = z.object({
  status: z.enum(['suppressed', 'lifted']),
  reason: z.enum(suppressionReasons),
  since: z.date(),
  /** Its owner objects to being contacted about invoices at all, not by e-mail alone; null: he has taken that back. */
  objectedAt: z.date().nullish(),
});

export type Suppression = z.infer<typeof suppressionSchema>;

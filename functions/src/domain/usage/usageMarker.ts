import * as z from 'zod';

/** `usage/{uid_YYYY-MM}`: what a freelancer has used in a calendar month of London. */
export const usageSchema = z.object({
  freelancerId: z.string(),
  counters: z.record(z.string(), z.int()).default({}),
  /** What the plan covers, as the freelancer is shown it; null: no limit. */
  limits: z.record(z.string(), z.int().nullable()).default({}),
  /** When he was told that most of it is used. */
  quotaToldAt: z.date().nullish(),
});

/** `usage/{uid_YYYY-MM}/invoices/{invoiceId}`: that an invoice was counted in that month, and for which messages. */
export const usageMarkerSchema = z.object({
  freelancerId: z.string(),
  /** False once it was given back, because none of its messages went out. */
  counted: z.boolean(),
  /** Outbox items that were let through: `open` ones may have gone out, `void` ones surely did not. */
  items: z.record(z.string(), z.enum(['open', 'void'])),
});

export type UsageMarker = z.infer<typeof usageMarkerSchema>;

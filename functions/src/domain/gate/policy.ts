import * as z from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const hours = (days: number[], opens: string, closes: string) =>
  z
    .object({
      /** 1 Monday … 7 Sunday. */
      days: z.array(z.int().min(1).max(7)).default(days),
      opens: timeOfDay.default(opens),
      closes: timeOfDay.default(closes),
    })
    .refine((rule) => rule.opens < rule.closes, 'opens must come before closes')
    .prefault({});

/** `system_config/policy`: what operators may change without a deploy. The defaults are the business rules'. */
export const policySchema = z.object({
  /** When a debtor may be contacted, in the debtor's own zone. */
  contactHours: z
    .object({
      sms: hours([1, 2, 3, 4, 5], '09:00', '18:00'),
      email: hours([1, 2, 3, 4, 5, 6], '08:00', '19:00'),
    })
    .prefault({}),
  /** Messages to one address, over all freelancers' invoices. */
  frequency: z
    .object({ perDay: z.int().min(1).default(1), perSevenDays: z.int().min(1).default(3) })
    .prefault({}),
  /** Calendar days overdue, in London, from which on each level applies, and days between two levels of one invoice. */
  escalation: z
    .object({
      gentle: z.int().min(1).default(5),
      firm: z.int().min(1).default(15),
      final: z.int().min(1).default(30),
      agency: z.int().min(1).default(60),
      gapDays: z.int().min(1).default(3),
    })
    .refine(
      ({ gentle, firm, final, agency }) => gentle < firm && firm < final && final < agency,
      'the levels must come one after the other',
    )
    .prefault({}),
  /** Longest time for which the carriers may hold a text message, seconds. */
  smsValiditySeconds: z.int().min(60).max(600).default(600),
  /** Days without contact that no list knows of: a coronation, a state funeral. */
  extraHolidays: z.array(day).default([]),
});

export type Policy = z.infer<typeof policySchema>;

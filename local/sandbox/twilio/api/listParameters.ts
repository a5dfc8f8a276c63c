import { z } from 'zod';

const PAGE_SIZE = 50;
const LARGEST_PAGE = 1000;
const DAY_MS = 86_400_000;

/** A GMT day or an instant; both ends of what it means, in milliseconds, the second one excluded. */
const sentDate = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)), { error: '20001' })
  .transform((value) => {
    const start = Date.parse(value);
    return { start, end: start + (/^\d{4}-\d{2}-\d{2}$/.test(value) ? DAY_MS : 1000) };
  });

/** The query of GET …/Messages.json as Twilio publishes it. `DateSent>` and `DateSent<` include the date. */
export const listParameters = z.strictObject({
  To: z.string().optional(),
  From: z.string().optional(),
  DateSent: sentDate.optional(),
  'DateSent>': sentDate.optional(),
  'DateSent<': sentDate.optional(),
  PageSize: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, { error: '20001' })
    .transform((size) => Math.min(Number(size), LARGEST_PAGE))
    .default(PAGE_SIZE),
  Page: z
    .string()
    .regex(/^\d{1,6}$/, { error: '20001' })
    .transform(Number)
    .default(0),
  PageToken: z
    .string()
    .regex(/^PASM[0-9a-f]{32}$/, { error: '20001' })
    .optional(),
});

import * as z from 'zod';

/**
 * The Bank of England's Bank Rate on the reference days of statutory interest, per cent a year. The last two are from
 * the press, not from the Bank: check them, and correct them in `system_config/bank_rates` if need be.
 */
const KNOWN: Readonly<Record<string, number>> = {
  '2019-12-31': 0.75,
  '2020-06-30': 0.1,
  '2020-12-31': 0.1,
  '2021-06-30': 0.1,
  '2021-12-31': 0.25,
  '2022-06-30': 1.25,
  '2022-12-31': 3.5,
  '2023-06-30': 5,
  '2023-12-31': 5.25,
  '2024-06-30': 5.25,
  '2024-12-31': 4.75,
  '2025-06-30': 4.25,
  '2025-12-31': 3.75,
  '2026-06-30': 3.75,
};

const referenceDay = z
  .string()
  .regex(/^\d{4}-(06-30|12-31)$/, 'only 30 June and 31 December are reference days');
const percent = z
  .number()
  .min(0)
  .max(50)
  .refine((rate) => Math.abs(rate * 100 - Math.round(rate * 100)) < 1e-6, 'at most two decimal places');

/**
 * `system_config/bank_rates`: what operators add each half-year without a deploy. Days that are not in it have the rate
 * known here.
 */
export const bankRatesSchema = z.object({
  /** How the rate of one debt is found. `fixed_at_start`: by the day on which it becomes overdue, for good. */
  policy: z.literal('fixed_at_start').default('fixed_at_start'),
  /** Per cent a year by reference day, such as `{'2026-12-31': 3.75}`. */
  rates: z
    .record(referenceDay, percent)
    .default({})
    .transform((rates): Readonly<Record<string, number>> => ({ ...KNOWN, ...rates })),
});

export type BankRates = z.infer<typeof bankRatesSchema>;

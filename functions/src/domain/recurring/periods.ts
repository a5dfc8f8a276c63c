import { DateTime } from 'luxon';

export const frequencies = ['weekly', 'biweekly', 'monthly', 'quarterly', 'annually'] as const;
export type Frequency = (typeof frequencies)[number];

const DAYS: Partial<Record<Frequency, number>> = { weekly: 7, biweekly: 14 };
const MONTHS: Partial<Record<Frequency, number>> = { monthly: 1, quarterly: 3, annually: 12 };

/**
 * The day on which the period after the one that begins on `start` begins, 'YYYY-MM-DD'. Calendar days only: no clock
 * and no zone comes into it.
 *
 * @param anchorDay the day of the month on which periods begin, 1 to 31; in a month that has no such day, its last one,
 *   and in the next again the day itself: 31 January, 28 or 29 February, 31 March. Weeks do not need it.
 */
export function nextPeriodStart(frequency: Frequency, start: string, anchorDay: number): string {
  const day = DateTime.fromISO(start, { zone: 'utc' });
  const days = DAYS[frequency];
  if (days !== undefined) return day.plus({ days }).toFormat('yyyy-MM-dd');
  const month = day.startOf('month').plus({ months: MONTHS[frequency] ?? 1 });
  return month.set({ day: Math.min(anchorDay, month.daysInMonth ?? 28) }).toFormat('yyyy-MM-dd');
}

/** The day of the month of 'YYYY-MM-DD'. */
export function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}

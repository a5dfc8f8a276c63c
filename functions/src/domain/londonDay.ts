import { DateTime } from 'luxon';

const ZONE = 'Europe/London';

/** The calendar day in London at that instant, 'YYYY-MM-DD'. */
export function londonDay(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: ZONE }).toFormat('yyyy-MM-dd');
}

/** Whether 'YYYY-MM-DD' is a day of the calendar: 30 February has the form of one, and is none. */
export function isCalendarDay(day: string): boolean {
  return DateTime.fromISO(day, { zone: ZONE }).isValid;
}

/** The instant at which the calendar day after `day` ('YYYY-MM-DD') begins in London. */
export function startOfNextLondonDay(day: string): Date {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days: 1 }).startOf('day').toJSDate();
}

/** The calendar day so many days after `day`, 'YYYY-MM-DD'. */
export function dayAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** How many calendar days `to` lies after `from`, both 'YYYY-MM-DD'; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The calendar month in London at that instant, 'YYYY-MM'. */
export function londonMonth(instant: Date): string {
  return londonDay(instant).slice(0, 7);
}

/** The instant at which the calendar month after the present one begins in London. */
export function startOfNextLondonMonth(instant: Date): Date {
  return DateTime.fromJSDate(instant, { zone: ZONE }).plus({ months: 1 }).startOf('month').toJSDate();
}

/** The instant at which it is this full hour in London on that day ('YYYY-MM-DD'). */
export function londonHourOf(day: string, hour: number): Date {
  return DateTime.fromISO(day, { zone: ZONE }).set({ hour }).toJSDate();
}

/** The calendar month so many months after `month`, 'YYYY-MM'. */
export function monthAfter(month: string, months: number): string {
  return DateTime.fromISO(`${month}-01`, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM');
}

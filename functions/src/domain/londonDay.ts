import { DateTime } from 'luxon';

const ZONE = 'Europe/London';

/** The calendar day in London at that instant, 'YYYY-MM-DD'. */
export function londonDay(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: ZONE }).toFormat('yyyy-MM-dd');
}

/** The instant at which the calendar day after `day` ('YYYY-MM-DD') begins in London. */
export function startOfNextLondonDay(day: string): Date {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days: 1 }).startOf('day').toJSDate();
}

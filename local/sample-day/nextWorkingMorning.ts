import { DateTime } from 'luxon';

const MOST_DAYS = 14;

/**
 * The first Tuesday to Thursday at ten in London that is at least so many days ahead and no holiday of the year's end:
 * a moment at which anybody may be written to.
 */
export function nextWorkingMorning(from: Date, daysAhead: number): Date {
  const earliest = DateTime.fromJSDate(from, { zone: 'Europe/London' }).plus({ days: daysAhead });
  for (let more = 0; more <= MOST_DAYS; more += 1) {
    const day = earliest.plus({ days: more }).set({ hour: 10, minute: 0, second: 0, millisecond: 0 });
    const isYearsEnd = (day.month === 12 && day.day >= 24) || (day.month === 1 && day.day <= 3);
    // Bank holidays are Mondays and Fridays but for those of the year's end.
    if (day.weekday >= 2 && day.weekday <= 4 && !isYearsEnd) return day.toJSDate();
  }
  throw new Error('there is no working morning ahead');
}

import { DateTime } from 'luxon';

/** A calendar day as a person in the UK reads it: '2026-11-24' is `24 November 2026`. */
export function formatDay(day: string): string {
  return DateTime.fromISO(day, { zone: 'Europe/London', locale: 'en-GB' }).toFormat('d MMMM yyyy');
}

import { type Nation } from '../../../functions/src/domain/gate/nations';

/** Days and months, 'MM-DD', that are holidays whatever weekday they fall on, and get a substitute at weekends. */
const FIXED: Record<Nation, readonly string[]> = {
  'england-and-wales': ['01-01', '12-25', '12-26'],
  scotland: ['01-01', '01-02', '11-30', '12-25', '12-26'],
  'northern-ireland': ['01-01', '03-17', '07-12', '12-25', '12-26'],
};

const MONDAY = 1;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The bank holidays of a year, 'YYYY-MM-DD', worked out from their definition (Banking and Financial Dealings Act 1971
 * and the yearly proclamations). A second opinion for tests: not for years with holidays that were proclaimed once.
 */
export function bankHolidaysOf(year: number, nation: Nation): ReadonlySet<string> {
  const days = new Set<string>();
  const taken = (day: Date): boolean => days.has(iso(day));
  const isWeekend = (day: Date): boolean => day.getUTCDay() === 0 || day.getUTCDay() === 6;
  const fixed = FIXED[nation].map((day) => new Date(`${year}-${day}T00:00:00Z`));
  for (const day of fixed) days.add(iso(day));
  for (const day of fixed) {
    if (!isWeekend(day)) continue;
    let substitute = day;
    while (isWeekend(substitute) || taken(substitute)) substitute = plus(substitute, 1);
    days.add(iso(substitute));
  }
  const easter = easterOf(year);
  days.add(iso(plus(easter, -2)));
  if (nation !== 'scotland') days.add(iso(plus(easter, 1)));
  days.add(iso(firstMonday(year, 5)));
  days.add(iso(lastMonday(year, 5)));
  days.add(iso(nation === 'scotland' ? firstMonday(year, 8) : lastMonday(year, 8)));
  return days;
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher). */
function easterOf(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return new Date(Date.UTC(year, month - 1, day));
}

function firstMonday(year: number, month: number): Date {
  let day = new Date(Date.UTC(year, month - 1, 1));
  while (day.getUTCDay() !== MONDAY) day = plus(day, 1);
  return day;
}

function lastMonday(year: number, month: number): Date {
  let day = new Date(Date.UTC(year, month, 0));
  while (day.getUTCDay() !== MONDAY) day = plus(day, -1);
  return day;
}

function plus(day: Date, days: number): Date {
  return new Date(day.getTime() + days * DAY_MS);
}

function iso(day: Date): string {
  return day.toISOString().slice(0, 10);
}

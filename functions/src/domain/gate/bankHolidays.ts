import Holidays from 'date-holidays';
import { type Nation } from './nations';

const REGION: Record<Nation, string> = {
  'england-and-wales': 'ENG',
  scotland: 'SCT',
  'northern-ireland': 'NIR',
};

const calendars = new Map<string, ReadonlySet<string>>();

/** Whether a day, 'YYYY-MM-DD', is a bank holiday there, its substitute day, or the holiday that it stands for. */
export function isBankHoliday(day: string, nation: Nation): boolean {
  const year = day.slice(0, 4);
  const key = `${nation} ${year}`;
  let days = calendars.get(key);
  if (days === undefined) {
    const found = new Holidays('GB', REGION[nation]).getHolidays(Number(year));
    days = new Set(found.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));
    calendars.set(key, days);
  }
  return days.has(day);
}

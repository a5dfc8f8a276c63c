import { wallTime } from '../../unit/gate/wallClock';

const LONDON = 'Europe/London';
const HOUR_MS = 3_600_000;

/** The instant at which London's calendar and clocks show this, 'YYYY-MM-DD' and 'HH:MM'; the first where it comes twice. */
export function londonMoment(day: string, at: string): Date {
  const winter = new Date(`${day}T${at}:00Z`);
  const summer = new Date(winter.getTime() - HOUR_MS);
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const shown = wallTime(summer, LONDON);
  return shown.day === day && shown.msOfDay === hour * HOUR_MS + minute * 60_000 ? summer : winter;
}

/** The hour that London's clocks show; whole at a full hour. */
export function londonHour(at: Date): number {
  return wallTime(at, LONDON).msOfDay / HOUR_MS;
}

/** The day so many days on, 'YYYY-MM-DD'. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

import { type Nation } from '../../../functions/src/domain/gate/nations';
import { bankHolidaysOf } from '../../unit/gate/bankHolidayOracle';
import { wallTime } from '../../unit/gate/wallClock';

export type Channel = 'email' | 'sms';

const HOUR_MS = 60 * 60 * 1000;
const SEVEN_DAYS_MS = 7 * 24 * HOUR_MS;

/** Hours of the wall in which one may write: SMS Monday to Friday 9 to 18, e-mail Monday to Saturday 8 to 19. */
const HOURS = {
  sms: { lastDay: 5, opens: 9, closes: 18 },
  email: { lastDay: 6, opens: 8, closes: 19 },
} as const;

/** An address, as the rules about contact see it. */
export interface Address {
  readonly channel: Channel;
  readonly zone: string;
  readonly nation: Nation;
  /** When reminders were sent to it. */
  readonly sends: readonly Date[];
}

/**
 * The first full hour, that moment or later, at which one more reminder may go there: in contact hours, the only one on
 * its day and one of three in seven days.
 */
export function firstAllowed(from: Date, address: Address): Date {
  for (let at = from; ; at = new Date(at.getTime() + HOUR_MS)) {
    if (isContactTime(at, address) && keepsCaps(at, address)) return at;
  }
}

function isContactTime(at: Date, { channel, zone, nation }: Address): boolean {
  const { day, weekday, msOfDay } = wallTime(at, zone);
  const { lastDay, opens, closes } = HOURS[channel];
  const isHoliday = bankHolidaysOf(Number(day.slice(0, 4)), nation).has(day);
  return weekday <= lastDay && !isHoliday && msOfDay >= opens * HOUR_MS && msOfDay < closes * HOUR_MS;
}

function keepsCaps(at: Date, { zone, sends }: Address): boolean {
  const today = wallTime(at, zone).day;
  const recent = sends.filter((sent) => at.getTime() - sent.getTime() < SEVEN_DAYS_MS);
  return recent.length < 3 && !sends.some((sent) => wallTime(sent, zone).day === today);
}

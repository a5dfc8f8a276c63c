import { inZone } from './contactHours';

/** How often one address may be written to on one channel, whoever writes. */
export interface FrequencyCaps {
  readonly perDay: number;
  readonly perSevenDays: number;
}

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The first moment at or after `from` at which one more message keeps both caps: so many in a calendar day of the
 * recipient, and so many in any seven times 24 hours.
 *
 * @param sends when messages were sent to it, in any order
 */
export function nextByFrequency(from: Date, sends: readonly Date[], zone: string, caps: FrequencyCaps): Date {
  const dayOf = (instant: Date): string => inZone(instant, zone).toFormat('yyyy-MM-dd');
  const newestFirst = sends.map((sent) => sent.getTime()).sort((a, b) => b - a);
  let at = from;
  // The oldest of the messages that fill seven days has to leave them first.
  const oldestThatCounts = newestFirst[caps.perSevenDays - 1];
  if (oldestThatCounts !== undefined && at.getTime() - oldestThatCounts < SEVEN_DAYS_MS) {
    at = new Date(oldestThatCounts + SEVEN_DAYS_MS);
  }
  const onThatDay = sends.filter((sent) => dayOf(sent) === dayOf(at)).length;
  return onThatDay < caps.perDay ? at : inZone(at, zone).plus({ days: 1 }).startOf('day').toJSDate();
}

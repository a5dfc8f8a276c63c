import { DateTime, IANAZone } from 'luxon';

/** When one address may be contacted. */
export interface ContactRules {
  /** IANA zone of the recipient; one that does not exist counts as Europe/London. */
  readonly zone: string;
  /** 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  /** 'HH:MM', local. */
  readonly opens: string;
  readonly closes: string;
  readonly isHoliday: (day: string) => boolean;
  /** Milliseconds before closing after which nothing is begun any more. */
  readonly reserveMs: number;
}

const DEFAULT_ZONE = 'Europe/London';

/** Christmas, with all that the weekend adds, is over by then. */
const MOST_DAYS = 30;

/**
 * The first moment at or after `from` at which the recipient may be contacted, with the closing time of that day; null
 * when there is none within a month. Days and hours are the recipient's: on the two nights when clocks change, the
 * hours on the wall count.
 */
export function nextContact(
  from: Date,
  rules: ContactRules,
): { readonly at: Date; readonly closes: Date } | null {
  const start = inZone(from, rules.zone);
  for (let ahead = 0; ahead <= MOST_DAYS; ahead += 1) {
    const day = start.startOf('day').plus({ days: ahead });
    if (!rules.days.includes(day.weekday) || rules.isHoliday(day.toFormat('yyyy-MM-dd'))) continue;
    const closes = atTime(day, rules.closes);
    const at = Math.max(from.getTime(), atTime(day, rules.opens).toMillis());
    if (at < closes.toMillis() - rules.reserveMs) return { at: new Date(at), closes: closes.toJSDate() };
  }
  return null;
}

/** An instant in a zone; in London where there is no such zone. */
export function inZone(instant: Date, zone: string): DateTime {
  // Not every word that luxon takes for a zone is one: "local" would be the server's.
  return DateTime.fromJSDate(instant, { zone: IANAZone.isValidZone(zone) ? zone : DEFAULT_ZONE });
}

function atTime(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute });
}

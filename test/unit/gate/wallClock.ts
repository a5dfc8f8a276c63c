/** A moment as the clock and the calendar on a wall show it. */
export interface WallTime {
  /** 'YYYY-MM-DD'. */
  readonly day: string;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** Milliseconds since that wall's midnight, as it shows them. */
  readonly msOfDay: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Zone arithmetic by the engine's own tables and nothing else: a second opinion on the library that the code uses. */
export function wallTime(instant: Date, zone: string): WallTime {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const seconds = Number(part('hour')) * 3_600 + Number(part('minute')) * 60 + Number(part('second'));
  return {
    day,
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7,
    msOfDay: seconds * 1_000 + (((instant.getTime() % 1_000) + 1_000) % 1_000),
  };
}

const SECOND = 1;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths of time that people count in, in seconds. */
const SPANS = [
  ...[10 * SECOND, 20 * SECOND, 30 * SECOND],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 7, 14, 30, 90, 365].map((days) => days * DAY),
];

/** As many as a chart has room for, on a phone too. */
const MOST = 6;

/** Ticks of an axis of numbers, from nought to the first one that is not below `max`; at least up to 5. */
export function countTicks(max: number): number[] {
  for (let size = 1; ; size *= 10)
    for (const step of [size, 2 * size, 5 * size])
      if (isFew(Math.max(max, 5), step)) return ticksTo(Math.max(max, 5), step);
}

/** Ticks of an axis of ages in seconds: whole minutes, hours or days, whichever fits; at least up to a minute. */
export function ageTicks(max: number): number[] {
  const length = Math.max(max, MINUTE);
  const step = SPANS.find((span) => isFew(length, span));
  return ticksTo(length, step ?? Math.ceil(length / (MOST - 1)));
}

/** Ticks of an axis of instants, in milliseconds: at whole minutes, hours or days of the clock on the wall. */
export function timeTicks(from: number, to: number): number[] {
  const span = SPANS.find((one) => one >= MINUTE && (to - from) / (one * 1000) <= MOST);
  if (span === undefined) return [from, to];
  const step = span * 1000;
  const [first, last] = [from - toUtcAt(from), to - toUtcAt(to)];
  const ticks: number[] = [];
  // One more on either side, for the clock may have been put forward or back in between.
  for (let n = Math.floor(first / step) - 1; n <= Math.ceil(last / step) + 1; n += 1) {
    const at = n * step + toUtcAt(n * step + toUtcAt(from));
    if (at >= from && at <= to) ticks.push(at);
  }
  return ticks;
}

/** What has to be added to the clock on the wall to get UTC, in milliseconds. */
function toUtcAt(at: number): number {
  return new Date(at).getTimezoneOffset() * MINUTE * 1000;
}

/** Nought is a tick too. */
function isFew(max: number, step: number): boolean {
  return max / step <= MOST - 1;
}

function ticksTo(max: number, step: number): number[] {
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, n) => n * step);
}

const SECOND = 1000;
const UNITS: readonly [string, number][] = [
  ['d', 24 * 60 * 60 * SECOND],
  ['h', 60 * 60 * SECOND],
  ['min', 60 * SECOND],
  ['s', SECOND],
];

/** A length of time in its largest unit, rounded down: `3 d`, `12 min`. @param ms milliseconds */
export function duration(ms: number): string {
  const length = Math.abs(ms);
  for (const [name, size] of UNITS) if (length >= size) return `${Math.floor(length / size)} ${name}`;
  return '0 s';
}

/** `12 min ago`, `in 3 h`. */
export function ago(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime();
  if (Math.abs(ms) < SECOND) return 'now';
  return ms >= 0 ? `${duration(ms)} ago` : `in ${duration(ms)}`;
}

/** A code as words: `pending_retry` → `pending retry`. */
export function spoken(code: string): string {
  return code.replaceAll('_', ' ');
}

/** An amount in minor units as people write it. */
export function money(minorUnits: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    // Not a currency: shown as it is, for that is what an operator has to see.
    return `${minorUnits} ${currency}`;
  }
}

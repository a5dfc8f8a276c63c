import { DateTime } from 'luxon';

/** How long rows of a collection stay, and who ends that. */
export type Retention =
  /** Rows that are done with carry `expiresAt`; Firestore's own expiry and the hourly purge delete them. */
  | { readonly rule: 'expires'; readonly days: number; readonly after: string }
  /** The hourly purge deletes what is older than that, by this field. */
  | { readonly rule: 'age'; readonly field: string; readonly days: number }
  /** As long as the account is open; what its erasure leaves stays as long as records have to be kept. */
  | { readonly rule: 'account' }
  /** As long as the row above it. */
  | { readonly rule: 'parent' }
  | { readonly rule: 'always'; readonly why: string };

/** Years for which records of money and claims are kept, from the end of the tax year in which the account is closed. */
export const RECORD_YEARS = 6;

const ZONE = 'Europe/London';

/**
 * Until when the records of an account that is closed now are kept: six years from the end of the tax year (5 April),
 * so that no claim and no tax return of its last year outlives them.
 */
export function recordsUntil(closedAt: Date): Date {
  const day = DateTime.fromJSDate(closedAt, { zone: ZONE });
  const inSameYear = DateTime.fromObject({ year: day.year, month: 4, day: 6 }, { zone: ZONE });
  const taxYearEnd = day < inSameYear ? inSameYear : inSameYear.plus({ years: 1 });
  return taxYearEnd.plus({ years: RECORD_YEARS }).toJSDate();
}

/** In words, for the privacy document and for whoever asks for his data. */
export function retentionText(retention: Retention): string {
  switch (retention.rule) {
    case 'expires':
      return `${retention.days} days after ${retention.after}`;
    case 'age':
      return `${retention.days} days`;
    case 'account':
      return `while the account is open; what is left of it ${RECORD_YEARS} years longer`;
    case 'parent':
      return 'as the row above it';
    case 'always':
      return `always: ${retention.why}`;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A draft waits when it is older than this. */
export const DRAFT_WAITS_AFTER_MS = 6 * 60 * 60 * 1000;

/** Nothing was done for so long: the account is inactive. */
export const INACTIVE_AFTER_MS = 7 * DAY_MS;

/** An inactive freelancer is written to once in so many days. */
export const INACTIVE_EVERY_DAYS = 30;
export const INACTIVE_EVERY_MS = INACTIVE_EVERY_DAYS * DAY_MS;

/**
 * Keys under which it is noted that an inactive freelancer was written to: of this period of 30 days, and of the one
 * before, whose e-mail may have been yesterday's.
 */
export function inactiveKeys(now: Date): { readonly current: string; readonly previous: string } {
  const period = Math.floor(now.getTime() / INACTIVE_EVERY_MS);
  return { current: `inactive_${period}`, previous: `inactive_${period - 1}` };
}

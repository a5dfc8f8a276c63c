/** Share of the month's quota from which on it is mentioned. */
const SHARE = 0.8;

/**
 * Whether so much of a month's quota is used that its freelancer should know.
 *
 * @param limit invoices in a month; null: there is no limit
 */
export function isMostOfQuota(used: number, limit: number | null): limit is number {
  return limit !== null && limit > 0 && used >= limit * SHARE;
}

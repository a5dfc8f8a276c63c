/**
 * Whether a row of `email_suppressions` says more than "no e-mail": its owner objects to being contacted about invoices at
 * all. One that was written before there was a field for it is known by its reason, which only an objection has.
 *
 * @param row as it is stored: a "no" is not lost because something else about it does not fit
 */
export function isObjection(row: {
  readonly status?: unknown;
  readonly reason?: unknown;
  readonly objectedAt?: unknown;
}): boolean {
  if (row.status === 'lifted') return false;
  return row.objectedAt === undefined ? row.reason === 'manual' : row.objectedAt !== null;
}

/**
 * How far along a card dispute is. Events arrive in any order and `created` does not order them (second resolution),
 * so a state only ever gives way to a later one; the closed ones are final.
 */
const RANK: ReadonlyMap<string, number> = new Map([
  ['warning_needs_response', 1],
  ['warning_under_review', 2],
  ['needs_response', 3],
  ['under_review', 4],
]);

const CLOSED = 10;

/** Stripe's closed states: won and the closed warning return the money, lost keeps it. */
const CLOSED_STATES = new Set(['won', 'lost', 'warning_closed', 'prevented']);

/** A state that Stripe adds later counts as open, just past those we know: it can still be closed. */
export function disputeRank(status: string): number {
  if (CLOSED_STATES.has(status)) return CLOSED;
  return RANK.get(status) ?? 5;
}

export function isDisputeOpen(status: string): boolean {
  return disputeRank(status) < CLOSED;
}

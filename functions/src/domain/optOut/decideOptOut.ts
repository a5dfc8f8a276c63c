import { type OptOut } from './optOut';

/** What a STOP or START makes of a number's record. */
export type OptOutDecision =
  | { readonly kind: 'opt_out' }
  | { readonly kind: 'opt_in'; readonly optedInAt: Date }
  /** It has said no before: the first day stays, and this one is noted as the latest. */
  | { readonly kind: 'still_opted_out'; readonly lastOptOutAt: Date }
  /** It has said the opposite since: this one comes late, and changes nothing. */
  | { readonly kind: 'superseded' };

/**
 * The last word counts, by when it was said and not by when we got round to it: what was recorded as a failure and is
 * applied hours later must not undo what was said meanwhile.
 *
 * @param saidAt when we, or the provider, first received it
 */
export function decideOptOut(
  current: OptOut | null,
  action: 'opt_out' | 'opt_in',
  saidAt: Date,
): OptOutDecision {
  if (action === 'opt_in') {
    const lastNo = current?.lastOptOutAt ?? current?.optedOutAt;
    if (lastNo != null && lastNo > saidAt) return { kind: 'superseded' };
    return { kind: 'opt_in', optedInAt: later(current?.optedInAt, saidAt) };
  }
  if (current?.status === 'opted_out') {
    const lastNo = current.lastOptOutAt ?? current.optedOutAt;
    return { kind: 'still_opted_out', lastOptOutAt: later(lastNo, saidAt) };
  }
  return current?.optedInAt != null && current.optedInAt > saidAt
    ? { kind: 'superseded' }
    : { kind: 'opt_out' };
}

function later(known: Date | null | undefined, saidAt: Date): Date {
  return known != null && known > saidAt ? known : saidAt;
}

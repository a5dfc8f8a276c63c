import { type Changes } from './changes';

/** What a person's wish comes to: changes, a "no" with its reason, or nothing, for it is so already. */
export type Decision =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed'; readonly changes: Changes };

export function refused(reason: string): Decision {
  return { kind: 'refused', reason };
}

export function changed(changes: Changes): Decision {
  return { kind: 'changed', changes };
}

import { type VNode } from 'preact';
import { ago } from '../domain/words';

/** When something was, from now; the exact moment on hovering. */
export function Instant({ at, now }: { readonly at: Date | null; readonly now: Date }): VNode {
  if (at === null) return <span class="quiet">never</span>;
  const exact = at.toISOString();
  return (
    <time dateTime={exact} title={exact}>
      {ago(at, now)}
    </time>
  );
}

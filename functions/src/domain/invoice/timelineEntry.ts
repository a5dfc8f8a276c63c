/** One thing that happened to an invoice, for people to read. Nobody's name or address is in it, and no free text. */
export interface TimelineEntry {
  /** ISO. */
  readonly at: string;
  /**
   * `invoice`: its own dates; `chase`: levels, pauses, the end; `message`: queued, and what became of it; `gate`: what the
   * send gate said of a message; `callback`: an event of a provider; `payment`; `claim`: the debtor's word that he paid.
   */
  readonly kind: 'invoice' | 'chase' | 'message' | 'gate' | 'callback' | 'payment' | 'claim';
  /** What happened, as a code: `sent`, `escalated`, `queued`, `passed`, `delivered` … */
  readonly what: string;
  /** The document that it stands in: a message's, event's, payment's or claim's id. */
  readonly id: string;
  readonly channel: string | null;
  readonly level: string | null;
  /** A code: why, or what came of it. */
  readonly reason: string | null;
  /** Minor units, of payments and claims. */
  readonly amount: number | null;
}

/** What is the same moment to the millisecond is told in this order: the cause before what follows from it. */
const ORDER: readonly TimelineEntry['kind'][] = [
  'invoice',
  'callback',
  'claim',
  'payment',
  'chase',
  'gate',
  'message',
];

/** In the order in which it happened. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...entries].sort(
    (one, other) =>
      one.at.localeCompare(other.at) ||
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) ||
      one.id.localeCompare(other.id),
  );
}

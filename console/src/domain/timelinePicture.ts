import { type TimelineEntry } from '../store/calls';
import { duration } from './words';

/** The picture's columns, from left to right. */
export const lanes = ['invoice', 'chase', 'message', 'gate', 'callback', 'money'] as const;
export type Lane = (typeof lanes)[number];

/** A stroke in one row of the picture: from a lane at the row's top, or its middle, to a lane at its middle, or its end. */
export interface Strand {
  readonly thread: string;
  readonly tone: 'life' | 'email' | 'sms';
  readonly part: 'top' | 'bottom' | 'whole';
  readonly from: number;
  readonly to: number;
}

export type PictureRow =
  | {
      readonly kind: 'entry';
      readonly entry: TimelineEntry;
      readonly lane: number;
      readonly strands: readonly Strand[];
    }
  | { readonly kind: 'gap'; readonly words: string; readonly strands: readonly Strand[] };

/** From so much time without anything on, the picture says how long it was. */
const GAP_MS = 60 * 60 * 1000;

/**
 * An invoice's life as a picture with a row for each thing that happened, like the graph of a history: one strand is the
 * invoice itself, and each message has its own, which runs through what the gate said of it.
 *
 * @param entries the oldest first
 */
export function timelinePicture(entries: readonly TimelineEntry[]): PictureRow[] {
  const last = new Map(entries.map((entry, n) => [threadOf(entry), n]));
  const running = new Map<string, { lane: number; tone: Strand['tone'] }>();
  const picture: PictureRow[] = [];
  const passing = (except?: string): Strand[] =>
    [...running]
      .filter(([thread]) => thread !== except)
      .map(([thread, { lane, tone }]) => ({ thread, tone, part: 'whole', from: lane, to: lane }));

  let before: number | null = null;
  for (const [n, entry] of entries.entries()) {
    const at = Date.parse(entry.at);
    if (before !== null && at - before >= GAP_MS)
      picture.push({ kind: 'gap', words: `${duration(at - before)} later`, strands: passing() });
    before = at;

    const thread = threadOf(entry);
    const lane = laneOf(entry);
    const earlier = running.get(thread);
    const tone = earlier?.tone ?? toneOf(entry);
    const goesOn = last.get(thread) !== n;
    picture.push({
      kind: 'entry',
      entry,
      lane,
      strands: [
        ...passing(thread),
        ...(earlier === undefined
          ? []
          : [{ thread, tone, part: 'top' as const, from: earlier.lane, to: lane }]),
        ...(goesOn ? [{ thread, tone, part: 'bottom' as const, from: lane, to: lane }] : []),
      ],
    });
    if (goesOn) running.set(thread, { lane, tone });
    else running.delete(thread);
  }
  return picture;
}

/** What belongs together: a message with the gate's answers; what happened to the invoice; a provider's event alone. */
function threadOf({ kind, id }: TimelineEntry): string {
  switch (kind) {
    case 'message':
    case 'gate':
      return `message ${id}`;
    case 'callback':
      return `callback ${id}`;
    case 'invoice':
    case 'chase':
    case 'payment':
    case 'claim':
      return 'life';
  }
}

function laneOf({ kind }: TimelineEntry): number {
  return lanes.indexOf(kind === 'payment' || kind === 'claim' ? 'money' : kind);
}

function toneOf({ kind, channel }: TimelineEntry): Strand['tone'] {
  if (kind !== 'message' && kind !== 'gate') return 'life';
  return channel === 'sms' ? 'sms' : 'email';
}

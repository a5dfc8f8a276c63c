/** What waited in the queues at one moment: numbers, and ages in seconds. The names are those of maintain-queues. */
export interface QueueSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sizes: Readonly<Record<string, number>>;
}

export interface QueueSeries {
  readonly key: string;
  readonly name: string;
}

export const DEPTHS: readonly QueueSeries[] = [
  { key: 'webhooks_pending_retry', name: 'Webhooks to retry' },
  { key: 'webhooks_dead_letter', name: 'Dead letters' },
  { key: 'messages_pending', name: 'Messages to send' },
  { key: 'messages_unknown', name: 'Messages in doubt' },
];

export const AGES: readonly QueueSeries[] = [
  { key: 'webhooks_late_seconds', name: 'Retry overdue' },
  { key: 'webhooks_oldest_dead_letter_seconds', name: 'Oldest dead letter' },
  { key: 'messages_late_seconds', name: 'Dispatch overdue' },
  { key: 'messages_oldest_pending_seconds', name: 'Oldest message to send' },
];

/** As many as an open page keeps: a day of one in ten seconds. */
const MOST_SAMPLES = 8_640;

/** Adds what was just measured to what the page has seen. */
export function withSample(seen: readonly QueueSample[], sample: QueueSample): QueueSample[] {
  return [...seen.slice(1 - MOST_SAMPLES), sample];
}

/** The counts of past runs and what the page has seen itself, in order, no older than so many milliseconds. */
export function samplesSince(
  history: readonly QueueSample[],
  seen: readonly QueueSample[],
  since: number,
): QueueSample[] {
  return [...history, ...seen].filter(({ at }) => at >= since).sort((one, other) => one.at - other.at);
}

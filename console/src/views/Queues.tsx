import { type VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { ageTicks, countTicks } from '../domain/chartTicks';
import { AGES, DEPTHS, type QueueSample, samplesSince } from '../domain/queueSamples';
import { hashOf, type Page } from '../domain/route';
import { duration } from '../domain/words';
import { useConsole } from '../hooks/useConsole';
import { useLive } from '../hooks/useLive';
import { type QueueWatch } from '../hooks/useQueueSamples';
import { QueueChart } from '../parts/QueueChart';
import { Waiting } from '../parts/Waiting';
import { queries } from '../store/queries';
import { rows, type Run } from '../store/rows';

const HOUR_MS = 60 * 60 * 1000;
const SPANS = [
  { name: 'last hour', ms: HOUR_MS },
  { name: 'last day', ms: 24 * HOUR_MS },
  { name: 'last week', ms: 7 * 24 * HOUR_MS },
];
/** A week of hours. */
const RUNS = 168;

interface Tile {
  readonly name: string;
  readonly size: string;
  /** Whose age, in seconds, says how bad it is. */
  readonly age: string;
  /** What that is the age of: the row that has waited longest, or the time that was promised. */
  readonly since: 'oldest' | 'overdue';
  readonly page: Page;
  readonly detail: string;
  readonly bad: boolean;
}

const TILES: readonly Tile[] = [
  {
    name: 'Webhooks to retry',
    size: 'webhooks_pending_retry',
    age: 'webhooks_late_seconds',
    since: 'overdue',
    page: 'webhooks',
    detail: 'pending_retry',
    bad: false,
  },
  {
    name: 'Dead letters',
    size: 'webhooks_dead_letter',
    age: 'webhooks_oldest_dead_letter_seconds',
    since: 'oldest',
    page: 'webhooks',
    detail: 'dead_letter',
    bad: true,
  },
  {
    name: 'Messages to send',
    size: 'messages_pending',
    age: 'messages_oldest_pending_seconds',
    since: 'oldest',
    page: 'messages',
    detail: 'pending',
    bad: false,
  },
  {
    name: 'Messages in doubt',
    size: 'messages_unknown',
    age: '',
    since: 'oldest',
    page: 'messages',
    detail: 'unknown',
    bad: true,
  },
];

const asCount = (value: number): string => String(value);
const asAge = (seconds: number): string => duration(seconds * 1000);

/** What waits, how much of it, and for how long: now, and over time. */
export function Queues({ watch }: { readonly watch: QueueWatch }): VNode {
  const { db } = useConsole();
  const runs = useLive('maintain-queues', () => queries.runs(db, 'maintain-queues', RUNS), rows.run);
  return (
    <section aria-labelledby="queues-title">
      <h1 id="queues-title">Queues</h1>
      {watch.trouble !== null && (
        <p class="trouble" role="alert">
          Could not look at the queues: {watch.trouble}
        </p>
      )}
      <Now latest={watch.seen.at(-1)} />
      <Waiting live={runs} what="the queues' history">
        {(past) => <OverTime past={past} seen={watch.seen} />}
      </Waiting>
    </section>
  );
}

function Now({ latest }: { readonly latest: QueueSample | undefined }): VNode {
  return (
    <ul class="tiles" aria-label="Now">
      {TILES.map(({ name, size, age, since, page, detail, bad }) => {
        const count = latest?.sizes[size];
        const seconds = latest?.sizes[age] ?? 0;
        return (
          <li key={size}>
            <a class={bad && (count ?? 0) > 0 ? 'tile bad' : 'tile'} href={hashOf(page, detail)}>
              <span>{name}</span>
              <strong>{count ?? '…'}</strong>
              <span class="quiet">{seconds > 0 ? `${since}: ${asAge(seconds)}` : ' '}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function OverTime({
  past,
  seen,
}: {
  readonly past: readonly Run[];
  readonly seen: readonly QueueSample[];
}): VNode {
  const [span, setSpan] = useState(24 * HOUR_MS);
  const samples = useMemo(
    () => samplesSince(past.flatMap(sampleOf), seen, Date.now() - span),
    [past, seen, span],
  );
  return (
    <>
      <div class="filters">
        <label>
          Show the
          <select value={span} onChange={(event) => setSpan(Number(event.currentTarget.value))}>
            {SPANS.map(({ name, ms }) => (
              <option key={ms} value={ms}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">
          Once an hour by maintain-queues, and every ten seconds while this page is open.
          {past.length === 0 && ' No run of maintain-queues is known yet.'}
        </p>
      </div>
      <div class="charts">
        <QueueChart
          title="How much waits"
          samples={samples}
          series={DEPTHS}
          say={asCount}
          ticks={countTicks}
        />
        <QueueChart
          title="How long it has waited"
          samples={samples}
          series={AGES}
          say={asAge}
          ticks={ageTicks}
        />
      </div>
    </>
  );
}

/** Runs that broke off have not measured anything. */
function sampleOf({ startedAt, counts }: Run): QueueSample[] {
  if (startedAt === null || counts['messages_pending'] === undefined) return [];
  return [{ at: startedAt.getTime(), sizes: counts }];
}

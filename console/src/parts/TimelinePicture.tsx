import { type VNode } from 'preact';
import { sayEntry } from '../domain/sayEntry';
import { type Lane, lanes, type Strand, timelinePicture } from '../domain/timelinePicture';
import { type TimelineEntry } from '../store/calls';

const NAMES: Readonly<Record<Lane, string>> = {
  invoice: 'invoice',
  chase: 'chase',
  message: 'message',
  gate: 'send gate',
  callback: "provider's event",
  money: 'payment or claim',
};

/** The width of a lane, and the height of a row, which is stretched to what stands beside it. */
const LANE = 20;
const ROW = 100;
/** How far strands of one lane stand apart. */
const APART = [0, 4, -4];

interface TimelinePictureProps {
  readonly entries: readonly TimelineEntry[];
  readonly currency: string;
}

/** An invoice's life: a row for each thing that happened, beside a graph of what belongs together. */
export function TimelinePicture({ entries, currency }: TimelinePictureProps): VNode {
  const picture = timelinePicture(entries);
  const all = picture.flatMap(({ strands }) => strands.map(({ thread }) => thread));
  const threads = [...new Set(all)].filter((thread) => thread !== 'life');
  return (
    <>
      <ul class="legend" aria-label="Kinds">
        {lanes.map((lane) => (
          <li key={lane}>
            <span class={`dot ${lane}`} aria-hidden="true" /> {NAMES[lane]}
          </li>
        ))}
      </ul>
      <ol class="timeline" aria-label="Timeline">
        {picture.map((row, n) => (
          <li key={n} class={row.kind}>
            <Graph strands={row.strands} threads={threads} />
            {row.kind === 'gap' ? (
              <p class="quiet">{row.words}</p>
            ) : (
              <>
                <span class={`dot ${lanes[row.lane] ?? ''} lane-${row.lane}`} aria-hidden="true" />
                <Words entry={row.entry} currency={currency} />
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Graph({
  strands,
  threads,
}: {
  readonly strands: readonly Strand[];
  readonly threads: string[];
}): VNode {
  return (
    <svg
      class="graph"
      viewBox={`0 0 ${lanes.length * LANE} ${ROW}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {strands.map((strand) => (
        <path key={`${strand.thread} ${strand.part}`} class={strand.tone} d={pathOf(strand, threads)} />
      ))}
    </svg>
  );
}

function pathOf({ thread, part, from, to }: Strand, threads: readonly string[]): string {
  const shift = thread === 'life' ? 0 : (APART[threads.indexOf(thread) % APART.length] ?? 0);
  const x = (lane: number): number => (lane + 0.5) * LANE + shift;
  const [top, end] = { top: [0, ROW / 2], bottom: [ROW / 2, ROW], whole: [0, ROW] }[part] as [number, number];
  const middle = (top + end) / 2;
  return `M${x(from)} ${top}C${x(from)} ${middle} ${x(to)} ${middle} ${x(to)} ${end}`;
}

function Words({ entry, currency }: { readonly entry: TimelineEntry; readonly currency: string }): VNode {
  const { what, more } = sayEntry(entry, currency);
  const at = new Date(entry.at);
  return (
    <div class="words">
      <p>
        <strong>{what}</strong> {more.length > 0 && <span>{more.join(' · ')}</span>}
      </p>
      <p class="quiet">
        <time dateTime={entry.at}>
          {at.toLocaleString('en-GB', {
            dateStyle: 'medium',
            timeStyle: 'medium',
            timeZone: 'Europe/London',
          })}
        </time>{' '}
        <code>{entry.id}</code>
      </p>
    </div>
  );
}

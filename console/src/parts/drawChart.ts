import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { timeTicks } from '../domain/chartTicks';
import { type QueueSample, type QueueSeries } from '../domain/queueSamples';

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip);

const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };

export interface ChartContent {
  readonly samples: readonly QueueSample[];
  readonly series: readonly QueueSeries[];
  /** An amount in words, for the axis and the tooltip. */
  readonly say: (value: number) => string;
  /** Amounts that the axis names, from nought to one that is not below this. */
  readonly ticks: (max: number) => number[];
}

/** A chart of lines over time, told apart by colour and by dashes. `renew` shows other content; `end` frees it. */
export function drawChart(
  canvas: HTMLCanvasElement,
  content: ChartContent,
): { renew(next: ChartContent): void; end(): void } {
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  let shown = content;
  const datasets = ({ samples, series }: ChartContent) =>
    series.map(({ key, name }, n) => ({
      label: name,
      data: samples.map(({ at, sizes }) => ({ x: at, y: sizes[key] ?? 0 })),
      borderColor: colour(`--series-${n + 1}`),
      backgroundColor: colour(`--series-${n + 1}`),
      borderDash: DASHES[n] ?? [],
      borderWidth: 2,
      // A line along the edge, and a point on it, are drawn whole.
      clip: 6,
      pointRadius: samples.length > 60 ? 0 : 2,
    }));
  const axis = { grid: { color: colour('--line') }, ticks: { color: colour('--quiet'), maxRotation: 0 } };
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: datasets(content) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          ...axis,
          type: 'linear',
          ...range(content),
          afterBuildTicks: (scale) => {
            scale.ticks = timeTicks(scale.min, scale.max).map((value) => ({ value }));
          },
          ticks: { ...axis.ticks, callback: (at) => onAxis(new Date(Number(at))) },
        },
        y: {
          ...axis,
          ...height(content),
          afterBuildTicks: (scale) => {
            scale.ticks = shown.ticks(scale.max).map((value) => ({ value }));
          },
          ticks: { ...axis.ticks, callback: (value) => shown.say(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([first]) => (first === undefined ? '' : inFull(new Date(first.parsed.x ?? 0))),
            label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${shown.say(parsed.y ?? 0)}`,
          },
        },
      },
    },
  });
  return {
    renew: (next) => {
      shown = next;
      chart.data.datasets = datasets(next);
      Object.assign(chart.options.scales?.['x'] ?? {}, range(next));
      Object.assign(chart.options.scales?.['y'] ?? {}, height(next));
      chart.update();
    },
    end: () => chart.destroy(),
  };
}

/** From the first sample to the last; a single one has no length. */
function range({ samples }: ChartContent): { min?: number; max?: number } {
  const [first, last] = [samples[0], samples.at(-1)];
  return first === undefined || last === undefined || first === last ? {} : { min: first.at, max: last.at };
}

/** From nought to a tick that no amount is above. */
function height({ samples, series, ticks }: ChartContent): { min: number; max: number } {
  const amounts = samples.flatMap(({ sizes }) => series.map(({ key }) => sizes[key] ?? 0));
  return { min: 0, max: ticks(amounts.reduce((most, one) => Math.max(most, one), 0)).at(-1) ?? 0 };
}

/** The time; the day where it begins. */
function onAxis(at: Date): string {
  const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
  return at.toLocaleString('en-GB', isMidnight ? DAY : CLOCK);
}

function inFull(at: Date): string {
  return at.toLocaleString('en-GB', { ...DAY, ...CLOCK });
}

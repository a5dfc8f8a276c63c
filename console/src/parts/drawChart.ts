import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { type QueueSample, type QueueSeries } from '../domain/queueSamples';

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip);

const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const DAY_AND_CLOCK: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...CLOCK };
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ChartContent {
  readonly samples: readonly QueueSample[];
  readonly series: readonly QueueSeries[];
  /** An amount in words, for the axis and the tooltip. */
  readonly say: (value: number) => string;
}

/** A chart of lines over time, told apart by colour and by dashes. `renew` shows other content; `end` frees it. */
export function drawChart(
  canvas: HTMLCanvasElement,
  content: ChartContent,
): { renew(next: ChartContent): void; end(): void } {
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const span = ({ samples }: ChartContent): number => (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  let shown = content;
  const instant = (at: number): string =>
    new Date(at).toLocaleString('en-GB', span(shown) > DAY_MS ? DAY_AND_CLOCK : CLOCK);
  const datasets = ({ samples, series }: ChartContent) =>
    series.map(({ key, name }, n) => ({
      label: name,
      data: samples.map(({ at, sizes }) => ({ x: at, y: sizes[key] ?? 0 })),
      borderColor: colour(`--series-${n + 1}`),
      backgroundColor: colour(`--series-${n + 1}`),
      borderDash: DASHES[n] ?? [],
      borderWidth: 2,
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
          ticks: { ...axis.ticks, autoSkip: true, maxTicksLimit: 6, callback: (at) => instant(Number(at)) },
        },
        y: {
          ...axis,
          beginAtZero: true,
          suggestedMax: 5,
          ticks: {
            ...axis.ticks,
            precision: 0,
            maxTicksLimit: 6,
            callback: (value) => shown.say(Number(value)),
          },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([first]) => (first === undefined ? '' : instant(first.parsed.x ?? 0)),
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

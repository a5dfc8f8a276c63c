import { type VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type QueueSample } from '../domain/queueSamples';
import { type ChartContent, drawChart } from './drawChart';

const ROWS = 12;

/** A chart with its legend, and the same figures as a table for whoever cannot see it. */
export function QueueChart({ title, ...content }: ChartContent & { readonly title: string }): VNode {
  const { samples, series, say } = content;
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<ReturnType<typeof drawChart> | null>(null);
  const dark = useDark();
  useEffect(() => {
    if (canvas.current === null) return;
    drawn.current = drawChart(canvas.current, content);
    return () => drawn.current?.end();
    // Colours are read when it is drawn.
  }, [dark]);
  useEffect(() => drawn.current?.renew(content), [samples, series]);
  const latest = samples.at(-1);
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <ul class="legend" aria-label={`${title}, now`}>
        {series.map(({ key, name }, n) => (
          <li key={key}>
            <svg class={`swatch series-${n + 1}`} viewBox="0 0 28 6" aria-hidden="true">
              <line x1="0" y1="3" x2="28" y2="3" />
            </svg>
            {name} <strong>{latest === undefined ? '–' : say(latest.sizes[key] ?? 0)}</strong>
          </li>
        ))}
      </ul>
      <div class="canvas">
        <canvas ref={canvas} role="img" aria-label={`${title}, as lines; the figures follow as a table`} />
      </div>
      <details>
        <summary>Figures</summary>
        <Figures samples={samples.slice(-ROWS)} series={series} say={say} title={title} />
      </details>
    </figure>
  );
}

function Figures({
  samples,
  series,
  say,
  title,
}: Omit<ChartContent, 'ticks'> & { readonly title: string }): VNode {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${title}: figures`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <FigureRow key={sample.at} sample={sample} keys={series.map(({ key }) => key)} say={say} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FigureRow({
  sample,
  keys,
  say,
}: {
  readonly sample: QueueSample;
  readonly keys: readonly string[];
  readonly say: ChartContent['say'];
}): VNode {
  return (
    <tr>
      <th scope="row">{new Date(sample.at).toLocaleString('en-GB')}</th>
      {keys.map((key) => (
        <td key={key}>{say(sample.sizes[key] ?? 0)}</td>
      ))}
    </tr>
  );
}

function useDark(): boolean {
  const query = '(prefers-color-scheme: dark)';
  const [dark, setDark] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = (): void => setDark(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return dark;
}

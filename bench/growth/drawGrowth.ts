import { init, use } from 'echarts/core';
import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

/** What a run over so many due invoices came to. */
export interface GrowthPoint {
  readonly due: number;
  readonly msPerInvoice: number;
  readonly readsPerInvoice: number;
  /** The most that a process took, MiB. */
  readonly peakMiB: number;
}

use([BarChart, GridComponent, TitleComponent, SVGRenderer]);

/** The picture of how the chase grows with what is due: time and reads for an invoice, and memory, as an SVG. */
export function drawGrowth(points: readonly GrowthPoint[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 860, height: 340 });
  const due = points.map((point) => point.due.toLocaleString('en-GB'));
  const panel = (n: number, name: string, values: readonly number[]) => ({
    grid: { left: 50 + n * 280, width: 220, top: 70, bottom: 50 },
    title: { text: name, left: 40 + n * 280, top: 10, textStyle: { fontSize: 13 } },
    xAxis: {
      gridIndex: n,
      type: 'category' as const,
      data: due,
      name: 'due invoices',
      nameLocation: 'middle' as const,
      nameGap: 28,
    },
    yAxis: { gridIndex: n, type: 'value' as const, min: 0 },
    series: {
      type: 'bar' as const,
      xAxisIndex: n,
      yAxisIndex: n,
      data: [...values],
      barWidth: 36,
      label: { show: true, position: 'top' as const },
    },
  });
  const panels = [
    panel(
      0,
      'ms for an invoice',
      points.map(({ msPerInvoice }) => rounded(msPerInvoice)),
    ),
    panel(
      1,
      'documents read for an invoice',
      points.map(({ readsPerInvoice }) => rounded(readsPerInvoice)),
    ),
    panel(
      2,
      'memory at its highest, MiB',
      points.map(({ peakMiB }) => Math.round(peakMiB)),
    ),
  ];
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    grid: panels.map(({ grid }) => grid),
    title: panels.map(({ title }) => title),
    xAxis: panels.map(({ xAxis }) => xAxis),
    yAxis: panels.map(({ yAxis }) => yAxis),
    series: panels.map(({ series }) => series),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { startEscalationWorld } from '../../test/support/escalationWorld';
import { type BenchPart } from '../benchPart';
import { escalateAll } from '../chase/escalateAll';
import { drawGrowth, type GrowthPoint } from '../growth/drawGrowth';
import { onTheWire } from '../wire/onTheWire';

/** Due invoices of each run; RECOUP_BENCH_GROWTH names others, separated by commas, and then nothing is drawn. */
const OTHERS = process.env['RECOUP_BENCH_GROWTH'];
const DUE = OTHERS?.split(',').map(Number) ?? [1_000, 10_000, 50_000];
const PICTURE = 'docs/figures/growth.svg';
/** Overdue since then on the day on which the world's clock stands, 2026-11-24. */
const GENTLE_SINCE = '2026-11-19';

/** How time, reads and memory grow with what is due. Takes a quarter of an hour, so it runs only when it is named. */
export const growth: BenchPart = {
  name: 'growth',
  onlyByName: true,
  title: `process-escalations as more is due: ${DUE.join(', ')} invoices, each reaching an e-mail`,
  run: (report) =>
    onTheWire(async (wire) => {
      const world = await startEscalationWorld({ FIRESTORE_EMULATOR_HOST: wire.host });
      try {
        await escalateAll(world, wire, { count: 200, dueDate: GENTLE_SINCE, label: 'warm' });
        const points: GrowthPoint[] = [];
        for (const due of DUE) {
          const run = await escalateAll(world, wire, {
            count: due,
            dueDate: GENTLE_SINCE,
            label: `of${due}`,
          });
          const point = { ...run, due, readsPerInvoice: run.reads / run.count };
          points.push(point);
          report.note(
            `${String(due).padStart(6)} due: ${point.msPerInvoice.toFixed(2)} ms and ${point.readsPerInvoice.toFixed(2)} reads ` +
              `for an invoice, ${point.peakMiB.toFixed(0)} MiB at most`,
          );
        }
        if (OTHERS !== undefined) return;
        writeFileSync(join(repositoryRoot, PICTURE), drawGrowth(points));
        report.note(`drawn: ${PICTURE}`);
      } finally {
        await world.harness.stop();
      }
    }),
};

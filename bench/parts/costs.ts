import { startEscalationWorld } from '../../test/support/escalationWorld';
import { type BenchPart } from '../benchPart';
import { invoiceLife, type LifeStep } from '../life/invoiceLife';
import { LIST_PRICES } from '../life/listPrices';
import { onTheWire } from '../wire/onTheWire';

/** Every function has one vCPU and this much memory. */
const MEMORY_GIB = 0.5;
const INVOICES = 1_000;

/** What a thousand invoices cost from being sent to being paid after the final notice. */
export const costs: BenchPart = {
  name: 'costs',
  title: 'One invoice from being sent to being paid after its final notice: documents as billed',
  run: (report) =>
    onTheWire(async (wire) => {
      const world = await startEscalationWorld({ FIRESTORE_EMULATOR_HOST: wire.host });
      try {
        const steps = await invoiceLife(world, wire);
        for (const step of steps) report.note(spell(step));
        const total = steps.reduce((sum, step) => ({
          name: 'all of it',
          requests: sum.requests + step.requests,
          ms: sum.ms + step.ms,
          billed: {
            reads: sum.billed.reads + step.billed.reads,
            writes: sum.billed.writes + step.billed.writes,
            deletes: sum.billed.deletes + step.billed.deletes,
          },
        }));
        report.note(spell(total));
        const { reads, writes, deletes } = total.billed;
        const firestore =
          reads * LIST_PRICES.read + writes * LIST_PRICES.write + deletes * LIST_PRICES.delete;
        // As if each request had an instance for itself, and as fast as here: many share one in production.
        const seconds = total.ms / 1000;
        const functions =
          total.requests * LIST_PRICES.request +
          seconds * (LIST_PRICES.vcpuSecond + MEMORY_GIB * LIST_PRICES.gibSecond);
        report.note(
          `${INVOICES} invoices, list prices of ${LIST_PRICES.asOf}, without free quotas: Firestore ` +
            `$${(firestore * INVOICES).toFixed(2)}, functions $${(functions * INVOICES).toFixed(2)} at most`,
        );
      } finally {
        await world.harness.stop();
      }
    }),
};

function spell({ name, requests, billed }: LifeStep): string {
  const { reads, writes, deletes } = billed;
  return `${name.padEnd(44)}${String(requests).padStart(3)} requests ${String(reads).padStart(4)} reads ${String(writes).padStart(4)} writes ${String(deletes).padStart(3)} deletes`;
}

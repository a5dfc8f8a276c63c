import { startEscalationWorld } from '../../test/support/escalationWorld';
import { type BenchPart } from '../benchPart';
import { type EscalatedRun, escalateAll } from '../chase/escalateAll';
import { sendGate } from '../chase/sendGate';
import { onTheWire } from '../wire/onTheWire';

/** Due invoices of a long run; RECOUP_BENCH_DUE makes it shorter, where only the costs are looked at. */
const DUE = Number(process.env['RECOUP_BENCH_DUE'] ?? 10_000);
const FEW = Math.ceil(DUE / 10);

/** Documents for an invoice, without those of lease and run. */
const MOST = { idleReads: 3, reads: 4, emailWrites: 4, smsWrites: 5 } as const;
/** MiB above what the process took after its first page. */
const MOST_MEMORY = 256;
/** Time for an invoice among many, against time for one among a tenth of them. */
const MOST_TIMES = 1.2;
/** Of fewer the time is mostly chance: it is shown, and not judged. */
const ENOUGH = 10_000;

/** Overdue since then on the day on which the world's clock stands, 2026-11-24. */
const GENTLE_SINCE = '2026-11-19';
const FIRM_SINCE = '2026-11-09';

/** What the chase costs. */
export const escalations: BenchPart = {
  name: 'escalations',
  title: `process-escalations: documents read and written as billed, without lease and run (${DUE} due invoices)`,
  run: (report) =>
    onTheWire(async (wire) => {
      const world = await startEscalationWorld({ FIRESTORE_EMULATOR_HOST: wire.host });
      try {
        const escalate = (count: number, dueDate: string, label: string): Promise<EscalatedRun> =>
          escalateAll(world, wire, { count, dueDate, label });
        // The first page of a process also loads what it needs and reads the settings, which are kept for five minutes.
        const { peakMiB: baseMiB } = await escalate(200, GENTLE_SINCE, 'warm');

        const idle = await escalate(0, GENTLE_SINCE, 'idle');
        report.line(
          idle.reads <= MOST.idleReads && idle.writes === 0,
          `an idle run: ${idle.reads} reads, ${idle.writes} writes (at most ${MOST.idleReads} and 0)`,
        );

        const before = await escalate(FEW, GENTLE_SINCE, 'before');
        const email = await escalate(DUE, GENTLE_SINCE, 'email');
        const after = await escalate(FEW, GENTLE_SINCE, 'after');
        report.line(...cost('an e-mail level', email, MOST.emailWrites));
        const both = await escalate(DUE, FIRM_SINCE, 'both');
        report.line(...cost('a level with e-mail and SMS', both, MOST.smsWrites));

        const few = (before.msPerInvoice + after.msPerInvoice) / 2;
        const times = email.msPerInvoice / few;
        report.line(
          DUE < ENOUGH || times <= MOST_TIMES,
          `time for an invoice: ${email.msPerInvoice.toFixed(2)} ms among ${DUE}, ${few.toFixed(2)} ms among ${FEW} ` +
            `(before and after): ${times.toFixed(2)} times` +
            (DUE < ENOUGH ? '' : `, at most ${MOST_TIMES}`),
        );
        const memory = Math.max(email.peakMiB, both.peakMiB) - baseMiB;
        report.line(
          memory <= MOST_MEMORY,
          `memory: ${memory.toFixed(0)} MiB above the ${baseMiB.toFixed(0)} MiB after the first pages (at most ${MOST_MEMORY})`,
        );

        for (const [holds, text] of await sendGate(world.harness, wire)) report.line(holds, text);
      } finally {
        await world.harness.stop();
      }
    }),
};

function cost(name: string, run: EscalatedRun, mostWrites: number): [boolean, string] {
  const [reads, writes] = [run.reads / run.count, run.writes / run.count];
  return [
    reads <= MOST.reads && writes <= mostWrites,
    `${name}: ${reads.toFixed(2)} reads and ${writes.toFixed(2)} writes for an invoice (at most ${MOST.reads} and ${mostWrites})`,
  ];
}

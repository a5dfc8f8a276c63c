import { startEscalationWorld } from '../../test/support/escalationWorld';
import { openFunctionsFirestore } from '../../test/support/functionsFirestore';
import { seedInvoice } from '../../test/support/seed';
import { checkoutSession, event, invoiceMetadata, newId } from '../../test/support/stripeEvents';
import { post } from '../../test/support/webhookHarness';
import { type FirestoreWire } from '../../test/support/wire/firestoreWire';
import { type BenchPart, type BenchReport } from '../benchPart';
import { seedDue } from '../chase/seedDue';
import { naiveChase } from '../naive/naiveChase';
import { naivePayment } from '../naive/naivePayment';
import { onTheWire } from '../wire/onTheWire';

const ROUNDS = 25;
const AMOUNT = 10_000;
/** Open invoices, and how many of them are due. */
const OPEN = 1_000;
const DUE = 50;

/** The same work as it is often done: claim, work, mark; and a query for each invoice. Side by side, in one run. */
export const naive: BenchPart = {
  name: 'naive',
  title: 'Ours against the naive way, against one emulator in one run',
  run: (report) =>
    onTheWire(async (wire) => {
      const world = await startEscalationWorld({ FIRESTORE_EMULATOR_HOST: wire.host });
      const plain = openFunctionsFirestore(world.harness.projectId, wire.host);
      try {
        const { harness } = world;
        const webhook = await harness.serve('stripeWebhook', { FIRESTORE_EMULATOR_HOST: wire.host });
        const fields = async () => {
          const seeded = await seedInvoice(harness.db);
          return { ...seeded, eventId: newId('evt'), paymentIntent: newId('pi'), amount: AMOUNT };
        };
        const ours = await measure(wire, report, 'a payment, ours', async () => {
          const { invoiceId, freelancerId, paymentIntent } = await fields();
          const metadata = invoiceMetadata(invoiceId, freelancerId);
          const paid = event(
            'checkout.session.completed',
            checkoutSession({ paymentIntent, amount: AMOUNT, metadata }),
          );
          return async () => {
            const { status } = await post(webhook.origin, JSON.stringify(paid));
            if (status !== 200) throw new Error(`a payment was answered ${status}`);
          };
        });
        const theirs = await measure(wire, report, 'a payment, naive', async () => {
          const payment = await fields();
          return () => naivePayment(plain.db, payment);
        });
        report.line(ours < theirs, `ours takes ${(ours / theirs).toFixed(2)} of the naive way's round trips`);
        await compareChases(world, wire, plain.db, report);
      } finally {
        await plain.close();
        await world.harness.stop();
      }
    }),
};

/** @returns round trips for one */
async function measure(
  wire: FirestoreWire,
  report: BenchReport,
  name: string,
  prepare: () => Promise<() => Promise<void>>,
): Promise<number> {
  await (
    await prepare()
  )();
  let [trips, reads, writes, ms] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await prepare();
    wire.take();
    const began = performance.now();
    await work();
    ms += performance.now() - began;
    const { calls, billed } = wire.take();
    trips += Object.values(calls).reduce((sum, n) => sum + n, 0);
    reads += billed.reads;
    writes += billed.writes;
  }
  const mean = (sum: number): string => (sum / ROUNDS).toFixed(1);
  report.note(
    `${name.padEnd(18)} ${mean(trips)} round trips, ${mean(reads)} reads, ${mean(writes)} writes, ${mean(ms)} ms`,
  );
  return trips / ROUNDS;
}

async function compareChases(
  world: Awaited<ReturnType<typeof startEscalationWorld>>,
  wire: FirestoreWire,
  db: Parameters<typeof naiveChase>[0],
  report: BenchReport,
): Promise<void> {
  const { harness } = world;
  const far = { count: OPEN - DUE, dueDate: '2027-06-30', dueAt: new Date('2027-07-01T00:00:00Z') };
  await seedDue(harness.db, { ...far, label: 'far' });
  const counted = async (name: string, run: () => Promise<number>): Promise<number> => {
    await seedDue(harness.db, { count: DUE, dueDate: '2026-11-19', dueAt: harness.now(), label: name });
    wire.take();
    const began = performance.now();
    const reached = await run();
    const ms = performance.now() - began;
    const { billed } = wire.take();
    if (reached !== DUE) throw new Error(`${name}: ${reached} of ${DUE} reached a level`);
    report.note(
      `the chase, ${name}: ${billed.reads} reads, ${billed.writes} writes, ${ms.toFixed(0)} ms (${DUE} of ${OPEN} open invoices due)`,
    );
    return billed.reads;
  };
  const ours = await counted('ours', async () => {
    const { total } = await world.run();
    return (total as { escalated?: number }).escalated ?? 0;
  });
  const theirs = await counted('naive', () => naiveChase(db, harness.now()));
  report.line(
    ours < theirs,
    `the chase of ours reads ${(ours / theirs).toFixed(2)} of what the naive one reads`,
  );
}

import { type EscalationWorld } from '../../test/support/escalationWorld';
import { type FirestoreWire } from '../../test/support/wire/firestoreWire';
import { seedDue } from './seedDue';
import { watchMemory } from './watchMemory';

/** What one run over all that is due came to. */
export interface EscalatedRun {
  readonly count: number;
  /** Documents as billed, without those of the job's own rows. */
  readonly reads: number;
  readonly writes: number;
  readonly msPerInvoice: number;
  /** The most that the job's or its worker's process took, MiB. */
  readonly peakMiB: number;
}

/**
 * Seeds invoices that are due now and has the job run until its queue is empty.
 *
 * @throws Error unless every one of them was escalated
 */
export async function escalateAll(
  world: EscalationWorld,
  wire: FirestoreWire,
  due: { readonly count: number; readonly dueDate: string; readonly label: string },
): Promise<EscalatedRun> {
  const { harness, job, worker } = world;
  await seedDue(harness.db, { ...due, dueAt: harness.now() });
  wire.take();
  const memory = watchMemory([job.pid, worker.pid]);
  const began = performance.now();
  const { total } = await world.run();
  const ms = performance.now() - began;
  const peakMiB = memory.stop();
  const { billed, ofJobs } = wire.take();
  const { escalated = 0 } = total as { escalated?: number };
  if (escalated !== due.count)
    throw new Error(`${escalated} of ${due.count} invoices were escalated: ${JSON.stringify(total)}`);
  return {
    count: due.count,
    reads: billed.reads - ofJobs.reads,
    writes: billed.writes + billed.deletes - ofJobs.writes - ofJobs.deletes,
    msPerInvoice: ms / due.count,
    peakMiB,
  };
}

import { startFirestoreWire } from '../support/wire/firestoreWire';
import { manyPayments } from '../support/manyPayments';
import { type Harness, post } from '../support/webhookHarness';

/** What one payment's first delivery reads and writes, and the bytes of one written document. */
export interface TransactionSize {
  readonly reads: number;
  readonly writes: number;
  readonly bytes: number;
}

/** Measures it on the wire, for a bare transaction to be made of the same size. */
export async function measureSize(harness: Harness, firestoreHost: string): Promise<TransactionSize> {
  const wire = await startFirestoreWire(firestoreHost);
  try {
    const webhook = await harness.serve('stripeWebhook', { FIRESTORE_EMULATOR_HOST: wire.host });
    const { deliveries } = await manyPayments(harness.db, 2, 1);
    let counted = wire.take();
    // The first delivery of a process also loads what it needs.
    for (const body of deliveries) {
      wire.take();
      await post(webhook.origin, body);
      counted = wire.take();
    }
    await webhook.stop();
    const { reads, writes } = counted.billed;
    return { reads, writes, bytes: Math.round(counted.bytes / (reads + writes)) };
  } finally {
    wire.stop();
  }
}

import { type Firestore, type Query } from 'firebase-admin/firestore';
import { seedInvoice } from './seed';
import { checkoutSession, event, invoiceMetadata, newId } from './stripeEvents';

export interface ManyPayments {
  /** The bodies to post, each `times` over, mixed. */
  readonly deliveries: readonly string[];
  readonly invoiceIds: readonly string[];
  readonly paymentIntents: readonly string[];
}

/** `count` different payments, each of its own invoice and delivered `times` times. */
export async function manyPayments(db: Firestore, count: number, times: number): Promise<ManyPayments> {
  const made = await Promise.all(
    Array.from({ length: count }, async () => {
      const { invoiceId, freelancerId } = await seedInvoice(db);
      const paymentIntent = newId('pi');
      const metadata = invoiceMetadata(invoiceId, freelancerId);
      const paid = event(
        'checkout.session.completed',
        checkoutSession({ paymentIntent, amount: 10_000, metadata }),
      );
      return { invoiceId, paymentIntent, body: JSON.stringify(paid) };
    }),
  );
  return {
    // All first deliveries, then all second ones and so on: repeats meet the first in every state of its processing.
    deliveries: Array.from({ length: times }, () => made.map(({ body }) => body)).flat(),
    invoiceIds: made.map(({ invoiceId }) => invoiceId),
    paymentIntents: made.map(({ paymentIntent }) => paymentIntent),
  };
}

/** What must be true once every event was delivered, however often: described by its differences from that. */
export async function differences(db: Firestore, expected: ManyPayments): Promise<string[]> {
  const faults: string[] = [];
  const count = async (
    collection: string,
    wanted: number,
    rows: Query = db.collection(collection),
  ): Promise<void> => {
    const { count: found } = (await rows.count().get()).data();
    if (found !== wanted) faults.push(`${collection}: ${found} documents instead of ${wanted}`);
  };
  const { length } = expected.paymentIntents;
  await count('transactions', length);
  await count('processed_events', length, db.collection('processed_events').where('source', '==', 'stripe'));
  await count('outbox', length);
  await count('escalation_timeline', length);
  const rows = await db.collection('failed_webhooks').where('status', '!=', 'resolved').get();
  for (const row of rows.docs) faults.push(`failed_webhooks: ${row.id} is ${String(row.get('status'))}`);
  for (const snapshot of await db.getAll(...expected.invoiceIds.map((id) => db.doc(`invoices/${id}`)))) {
    if (snapshot.get('status') !== 'paid' || snapshot.get('amountPaid') !== 10_000) {
      faults.push(
        `${snapshot.id} is ${String(snapshot.get('status'))}, paid ${String(snapshot.get('amountPaid'))}`,
      );
    }
  }
  return faults;
}

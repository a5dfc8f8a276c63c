import { type Firestore, type Query } from 'firebase-admin/firestore';
import { type SeededInvoice, seedInvoice } from './seed';
import { checkoutSession, event, invoiceMetadata, newId } from './stripeEvents';

export interface ManyPayments {
  /** The bodies to post, each `times` over, mixed. */
  readonly deliveries: readonly string[];
  /** What is paid of each invoice in the end, in pence: its whole amount. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly paymentIntents: readonly string[];
}

/** Pence. */
const PAYMENT = 10_000;

/**
 * `count` different payments, each delivered `times` times.
 *
 * @param invoices to which they belong in turn; by default each has an invoice of its own
 */
export async function manyPayments(
  db: Firestore,
  count: number,
  times: number,
  invoices = count,
): Promise<ManyPayments> {
  const seeded = await Promise.all(
    Array.from({ length: Math.min(invoices, count) }, async (_, n) => {
      const amount = PAYMENT * Math.ceil((count - n) / invoices);
      return { ...(await seedInvoice(db, { amount })), amount };
    }),
  );
  const made = Array.from({ length: count }, (_, n) => {
    const { invoiceId, freelancerId } = seeded[n % invoices] as SeededInvoice;
    const paymentIntent = newId('pi');
    const metadata = invoiceMetadata(invoiceId, freelancerId);
    const session = checkoutSession({ paymentIntent, amount: PAYMENT, metadata });
    return { paymentIntent, body: JSON.stringify(event('checkout.session.completed', session)) };
  });
  return {
    // All first deliveries, then all second ones and so on: repeats meet the first in every state of its processing.
    deliveries: Array.from({ length: times }, () => made.map(({ body }) => body)).flat(),
    amounts: new Map(seeded.map(({ invoiceId, amount }) => [invoiceId, amount])),
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
  const invoices = [...expected.amounts.keys()].map((id) => db.doc(`invoices/${id}`));
  for (const snapshot of await db.getAll(...invoices)) {
    const [status, paid] = ['status', 'amountPaid'].map((field) => snapshot.get(field) as unknown);
    if (status !== 'paid' || paid !== expected.amounts.get(snapshot.id)) {
      faults.push(`${snapshot.id} is ${String(status)}, paid ${String(paid)}`);
    }
  }
  return faults;
}

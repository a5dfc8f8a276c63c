import { type DocumentData, type Firestore } from 'firebase-admin/firestore';

/** An invoice and its chase, as far as money moves them. */
export interface MoneyState {
  readonly status: unknown;
  readonly amountPaid: unknown;
  readonly amountRefunded: unknown;
  /** Whether the chase will look at this invoice again. */
  readonly chase: 'on' | 'off';
  readonly closed: unknown;
  readonly paused: unknown;
}

export async function moneyOf(db: Firestore, invoiceId: string): Promise<MoneyState> {
  const [invoice, escalation] = await db.getAll(
    db.doc(`invoices/${invoiceId}`),
    db.doc(`escalation_states/${invoiceId}`),
  );
  return {
    status: invoice?.get('status'),
    amountPaid: invoice?.get('amountPaid'),
    amountRefunded: invoice?.get('amountRefunded'),
    chase: invoice?.get('nextActionAt') == null ? 'off' : 'on',
    closed: escalation?.get('closedReason') ?? null,
    paused: escalation?.get('isPaused') === true ? escalation.get('pauseReason') : null,
  };
}

/** A payment's record; fails when there is none. */
export async function transactionOf(db: Firestore, paymentIntent: string): Promise<DocumentData> {
  const snapshot = await db.doc(`transactions/${paymentIntent}`).get();
  const data = snapshot.data();
  if (data === undefined) throw new Error(`transactions/${paymentIntent} does not exist`);
  return data;
}

export interface Told {
  /** Types of the notifications, sorted. */
  readonly notifications: readonly string[];
  /** Templates of the queued messages, sorted. */
  readonly outbox: readonly string[];
  /** Event types of the time line, sorted. */
  readonly timeline: readonly string[];
}

/** What a freelancer, his client and his time line were told in all. Every seeded invoice has its own freelancer. */
export async function toldOf(db: Firestore, freelancerId: string): Promise<Told> {
  const field = async (collection: string, name: string): Promise<string[]> => {
    const rows = await db.collection(collection).where('freelancerId', '==', freelancerId).get();
    return rows.docs.map((row) => String(row.get(name))).sort();
  };
  const [notifications, outbox, timeline] = await Promise.all([
    field('notifications', 'type'),
    field('outbox', 'template'),
    field('escalation_timeline', 'eventType'),
  ]);
  return { notifications, outbox, timeline };
}

/** Every document of the project with the time at which it was written last, by path. */
export async function everyDocument(db: Firestore): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const collections = await db.listCollections();
  while (collections.length > 0) {
    const batch = collections.splice(0, collections.length);
    const read = await Promise.all(batch.map((collection) => collection.get()));
    const documents = read.flatMap((rows) => rows.docs);
    for (const row of documents) {
      const { seconds, nanoseconds } = row.updateTime;
      found.set(row.ref.path, `${seconds}.${nanoseconds}`);
    }
    const withParts = documents.filter((row) => ['outbox', 'failed_webhooks'].includes(row.ref.parent.id));
    collections.push(...(await Promise.all(withParts.map((row) => row.ref.listCollections()))).flat());
  }
  return found;
}

/** Paths of the documents that were made, changed or deleted in between, sorted. */
export function changedBetween(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

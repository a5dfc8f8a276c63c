import { type Firestore } from 'firebase-admin/firestore';

const OPEN = ['sent', 'overdue', 'in_collections'];

/**
 * Looks at the chase as it is often done: every open invoice in each run, with a query for its state, and one write after
 * the other. Writes the same documents as ours for an e-mail level.
 *
 * @returns how many reached a level
 */
export async function naiveChase(db: Firestore, now: Date): Promise<number> {
  const open = await db.collection('invoices').where('status', 'in', OPEN).get();
  let reached = 0;
  for (const invoice of open.docs) {
    const states = await db
      .collection('escalation_states')
      .where('__name__', '==', db.doc(`escalation_states/${invoice.id}`))
      .get();
    const due: unknown = invoice.get('dueDate');
    const level: unknown = states.docs[0]?.get('currentLevel');
    const fiveDaysAgo = new Date(now.getTime() - 5 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    if (typeof due !== 'string' || due > fiveDaysAgo || level !== 'pending') continue;
    await db.doc(`users/${String(invoice.get('freelancerId'))}`).get();
    await db.doc(`clients/${String(invoice.get('clientId'))}`).get();
    await db.doc(`escalation_states/${invoice.id}`).update({ currentLevel: 'gentle', lastEscalatedAt: now });
    await invoice.ref.update({ status: 'in_collections', escalationLevel: 'gentle' });
    await db.doc(`escalation_timeline/${invoice.id}_gentle`).set({ invoiceId: invoice.id, level: 'gentle' });
    await db.collection('outbox').add({ invoiceId: invoice.id, template: 'gentle', status: 'pending' });
    reached += 1;
  }
  return reached;
}

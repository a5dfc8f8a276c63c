import { type Firestore } from 'firebase-admin/firestore';
import { type ChaseFields, seedChase, type SeededChase } from './seedChase';

/** A sent invoice that is due on that day, sent a month before, with its client; nothing of a chase yet. */
export async function seedSent(
  db: Firestore,
  dueDate: string,
  { invoice = {}, ...more }: ChaseFields = {},
): Promise<SeededChase> {
  return seedChase(db, {
    invoice: {
      status: 'sent',
      dueDate,
      escalationLevel: 'pending',
      sentAt: new Date(Date.parse(`${dueDate}T09:00:00Z`) - 30 * 24 * 60 * 60 * 1000),
      ...invoice,
    },
    ...more,
    chase: { currentLevel: 'pending', sentLevels: [], ...more.chase },
  });
}

/** Ids of all courtesy notes in the outbox, sorted. */
export async function courtesyNotes(db: Firestore): Promise<string[]> {
  const rows = await db.collection('outbox').where('class', '==', 'courtesy').get();
  return rows.docs.map(({ id }) => id).sort();
}

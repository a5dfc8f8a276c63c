import { Timestamp, type Firestore } from 'firebase-admin/firestore';
import { FREELANCER, INVOICES, TERM_DAYS, totalOf } from './sampleData';

/**
 * Writes a draft for each sample invoice with the fields that the web client writes; the third one for a client of its
 * own, whose address does not work.
 */
export async function writeDrafts(db: Firestore, clientId: string, goneClientId: string): Promise<void> {
  const now = Timestamp.now();
  const batch = db.batch();
  for (const { id, reference, items, dueInDays, collectionsEnabled } of INVOICES) {
    batch.set(db.doc(`invoices/${id}`), {
      reference,
      freelancerId: FREELANCER.uid,
      clientId: id === INVOICES[2].id ? goneClientId : clientId,
      amount: totalOf(items),
      currency: 'GBP',
      status: 'draft',
      issueDate: londonDate(dueInDays - TERM_DAYS),
      dueDate: londonDate(dueInDays),
      items: [...items],
      collectionsEnabled,
      createdAt: now,
      updatedAt: now,
    });
  }
  await batch.commit();
}

/** The calendar date in London so many days from now, YYYY-MM-DD. */
function londonDate(daysFromNow: number): string {
  const instant = new Date(Date.now() + daysFromNow * 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(instant);
}

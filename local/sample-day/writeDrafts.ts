import { Timestamp, type Firestore } from 'firebase-admin/firestore';
import { FREELANCER, INVOICES, totalOf } from './sampleData';

/** Days until the sample invoices are due. */
export const TERM_DAYS = 14;

/** Writes a draft for each sample invoice, for the client of the same place, with the fields that the web client writes. */
export async function writeDrafts(db: Firestore, clientIds: readonly string[]): Promise<void> {
  const now = Timestamp.now();
  const batch = db.batch();
  for (const [n, { id, reference, items }] of INVOICES.entries()) {
    batch.set(db.doc(`invoices/${id}`), {
      reference,
      freelancerId: FREELANCER.uid,
      clientId: clientIds[n],
      amount: totalOf(items),
      currency: 'GBP',
      status: 'draft',
      issueDate: londonDate(0),
      dueDate: londonDate(TERM_DAYS),
      items: [...items],
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

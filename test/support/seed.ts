import { type Firestore } from 'firebase-admin/firestore';
import { newId } from './stripeEvents';

export interface SeededInvoice {
  readonly invoiceId: string;
  readonly freelancerId: string;
}

/** A freelancer with one sent invoice of £100.00, due in the far future unless told otherwise. */
export async function seedInvoice(
  db: Firestore,
  fields: Record<string, unknown> = {},
  user: Record<string, unknown> = {},
): Promise<SeededInvoice> {
  const freelancerId = newId('user');
  const invoiceId = newId('inv');
  await db
    .batch()
    .set(db.doc(`users/${freelancerId}`), {
      email: 'freelancer@studio.example',
      name: 'Ada Free',
      businessName: 'Ada Studio',
      subscriptionTier: 'growth',
      timezone: 'Europe/London',
      collectionsEnabled: true,
      createdAt: new Date(),
      updatedAt: new Date(),
      ...user,
    })
    .set(db.doc(`invoices/${invoiceId}`), {
      reference: 'INV-0001',
      freelancerId,
      clientId: 'client-1',
      clientName: 'A Debtor',
      clientEmail: 'debtor@client.example',
      clientPhone: null,
      amount: 10_000,
      amountPaid: 0,
      amountRefunded: 0,
      currency: 'GBP',
      status: 'sent',
      issueDate: '2026-01-01',
      dueDate: '2099-12-31',
      items: [],
      collectionsEnabled: true,
      escalationLevel: 'pending',
      nextActionAt: new Date('2100-01-01T00:00:00Z'),
      createdAt: new Date(),
      updatedAt: new Date(),
      ...fields,
    })
    .commit();
  return { invoiceId, freelancerId };
}

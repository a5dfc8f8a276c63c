import { type Firestore } from 'firebase-admin/firestore';
import { inFlight } from '../../test/support/inFlight';

/** Which invoices. */
export interface DueInvoices {
  readonly count: number;
  /** 'YYYY-MM-DD'; says which level they have reached. */
  readonly dueDate: string;
  /** When they are looked at. */
  readonly dueAt: Date;
  /** Tells the ids of one seeding from another's. */
  readonly label: string;
}

/** Invoices of one freelancer: a batch of writes. */
const PER_FREELANCER = 100;

/**
 * Overdue invoices whose chase has not begun, each with a client of its own, a hundred for a freelancer on the plan pro:
 * straight to the store, for the seeding of ten thousand is not what is measured.
 */
export async function seedDue(db: Firestore, { count, dueDate, dueAt, label }: DueInvoices): Promise<void> {
  const freelancers = Array.from({ length: Math.ceil(count / PER_FREELANCER) }, (_, n) => n);
  await inFlight(freelancers, 4, async (n) => {
    const freelancerId = `user_${label}_${n}`;
    const batch = db.batch();
    batch.set(db.doc(`users/${freelancerId}`), {
      email: `${freelancerId}@studio.example`,
      name: 'Ada Free',
      businessName: 'Ada Studio',
      subscriptionTier: 'pro',
      collectionsEnabled: true,
    });
    for (let place = n * PER_FREELANCER; place < Math.min(count, (n + 1) * PER_FREELANCER); place += 1) {
      const invoiceId = `inv_${label}_${place}`;
      const email = `${invoiceId}@client.example`;
      // A number for each: the last five digits are the place.
      const phone = `+44791${dueDate.slice(8)}${String(place).padStart(5, '0')}`;
      batch.set(db.doc(`invoices/${invoiceId}`), {
        reference: `INV-${place}`,
        freelancerId,
        clientId: `client_${invoiceId}`,
        clientName: 'A Debtor',
        clientEmail: email,
        clientPhone: phone,
        amount: 10_000,
        amountPaid: 0,
        amountRefunded: 0,
        currency: 'GBP',
        status: 'overdue',
        issueDate: '2026-10-01',
        dueDate,
        items: [],
        collectionsEnabled: true,
        escalationLevel: 'pending',
        nextActionAt: new Date(dueAt.getTime() - place),
        sentAt: new Date('2026-10-01T09:00:00Z'),
        createdAt: dueAt,
        updatedAt: dueAt,
      });
      batch.set(db.doc(`clients/client_${invoiceId}`), {
        freelancerId,
        name: 'A Debtor',
        email,
        phone,
        debtorKind: 'business',
        contactPermissions: { email: { status: 'granted' }, sms: { status: 'granted' } },
        status: 'active',
      });
      batch.set(db.doc(`escalation_states/${invoiceId}`), {
        freelancerId,
        currentLevel: 'pending',
        isPaused: false,
        pauseReason: null,
        lastEscalatedAt: null,
        sentLevels: [],
        pendingOutbox: [],
        closedAt: null,
        closedReason: null,
      });
    }
    await batch.commit();
  });
}

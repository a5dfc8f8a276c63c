import { Timestamp, type Firestore } from 'firebase-admin/firestore';

/** The freelancer of the sample day. Nothing here is a real person, address or secret. */
export const FREELANCER = {
  uid: 'sample-freelancer',
  email: 'ada@studio.example',
  password: 'only-for-the-emulator',
  name: 'Ada Sample',
  businessName: 'Sample Studio',
  stripeAccountId: 'acct_sample',
};

export const CLIENT = {
  name: 'Bertie Ledger',
  company: 'Ledger & Sons Ltd',
  email: 'accounts@ledger.example',
  // Ofcom keeps 020 7946 0xxx for fiction, and the numbering plan knows it as valid.
  phone: '+442079460123',
  debtorKind: 'business',
};

/** The first is paid in the course of the day, the second is only sent, the third stays a draft. Minor units. */
export const INVOICES = [
  {
    id: 'sample-invoice-1',
    reference: 'INV-0001',
    items: [
      { description: 'Brand design', quantity: 1, unitAmount: 95_000, amount: 95_000 },
      { description: 'Business cards', quantity: 2, unitAmount: 12_500, amount: 25_000 },
    ],
  },
  {
    id: 'sample-invoice-2',
    reference: 'INV-0002',
    items: [{ description: 'Website upkeep', quantity: 3, unitAmount: 15_000, amount: 45_000 }],
  },
  {
    id: 'sample-invoice-3',
    reference: 'INV-0003',
    items: [{ description: 'Photography', quantity: 1, unitAmount: 60_000, amount: 60_000 }],
  },
] as const;

const TERM_DAYS = 14;

/** Writes the freelancer's profile. */
export async function writeFreelancer(db: Firestore): Promise<void> {
  const { uid, email, name, businessName, stripeAccountId } = FREELANCER;
  const now = Timestamp.now();
  await db.doc(`users/${uid}`).set({
    email,
    name,
    businessName,
    stripeAccountId,
    timezone: 'Europe/London',
    subscriptionTier: 'growth',
    collectionsEnabled: true,
    createdAt: now,
    updatedAt: now,
  });
}

/** Writes a draft for each sample invoice, with the fields that the web client writes and no others. */
export async function writeDrafts(db: Firestore, clientId: string): Promise<void> {
  const now = Timestamp.now();
  const batch = db.batch();
  for (const { id, reference, items } of INVOICES) {
    batch.set(db.doc(`invoices/${id}`), {
      reference,
      freelancerId: FREELANCER.uid,
      clientId,
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

/** Minor units. */
export function totalOf(items: readonly { amount: number }[]): number {
  return items.reduce((sum, { amount }) => sum + amount, 0);
}

/** The calendar date in London so many days from now, YYYY-MM-DD. */
function londonDate(daysFromNow: number): string {
  const instant = new Date(Date.now() + daysFromNow * 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(instant);
}

import { randomInt } from 'node:crypto';
import { type Firestore } from 'firebase-admin/firestore';
import { seedInvoice, type SeededInvoice } from './seed';
import { newId } from './stripeEvents';

export interface SeededChase extends SeededInvoice {
  readonly clientId: string;
  readonly phone: string;
  readonly email: string;
}

/** Fields that are not as usual. */
export interface ChaseFields {
  readonly invoice?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly client?: Record<string, unknown>;
  readonly chase?: Record<string, unknown>;
}

/** A mobile number that no other test has: one of eight random digits in a range that mobile numbers have. */
export function newPhone(): string {
  return `+4479${String(randomInt(100_000_000)).padStart(8, '0')}`;
}

/** An overdue invoice at the level `gentle`, with its client and chase; the freelancer's plan has text messages. */
export async function seedChase(
  db: Firestore,
  { invoice = {}, user = {}, client = {}, chase = {} }: ChaseFields = {},
): Promise<SeededChase> {
  const clientId = newId('client');
  const phone = newPhone();
  const email = `${newId('debtor')}@client.example`;
  const seeded = await seedInvoice(
    db,
    {
      clientId,
      clientPhone: phone,
      clientEmail: email,
      status: 'in_collections',
      dueDate: '2026-11-15',
      escalationLevel: 'gentle',
      sentAt: new Date('2026-11-01T09:00:00Z'),
      ...invoice,
    },
    user,
  );
  const { freelancerId, invoiceId } = seeded;
  await db
    .batch()
    .set(db.doc(`clients/${clientId}`), {
      freelancerId,
      name: 'A Debtor',
      email,
      phone,
      debtorKind: 'business',
      contactPermissions: { email: { status: 'granted' }, sms: { status: 'granted' } },
      status: 'active',
      ...client,
    })
    .set(db.doc(`escalation_states/${invoiceId}`), {
      freelancerId,
      currentLevel: 'gentle',
      isPaused: false,
      pauseReason: null,
      sentLevels: ['gentle'],
      pendingOutbox: [],
      closedAt: null,
      closedReason: null,
      ...chase,
    })
    .commit();
  return { ...seeded, clientId, phone, email };
}

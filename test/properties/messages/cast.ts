import { type DocumentReference, type WriteBatch } from 'firebase-admin/firestore';
import { dunningItemId } from '../../../functions/src/domain/messages/dunningItemId';
import { invoiceParams } from '../../support/invoiceParams';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { type ItemPlan, type Story } from './story';
import { type World } from './world';

export interface Debtor {
  readonly clientId: string;
  readonly phone: string;
  readonly email: string;
}

export interface Item {
  readonly plan: ItemPlan;
  readonly debtor: Debtor;
  readonly invoiceId: string;
  readonly ref: DocumentReference;
}

/** Who and what a story is about: one freelancer, two debtors, an invoice for each message. */
export interface Cast {
  readonly uid: string;
  readonly debtors: readonly Debtor[];
  readonly items: readonly Item[];
}

/** One of a story's messages; the stories count them round and round. */
export function itemOf({ items }: Cast, nth: number): Item {
  const item = items[nth % items.length];
  if (item === undefined) throw new Error('there is no story without a message');
  return item;
}

/** Numbers that Ofcom keeps for fiction: a thousand under each of these. */
const FICTION = [
  '113496',
  '114496',
  '115496',
  '116496',
  '117496',
  '118496',
  '121496',
  '131496',
  '141496',
  '151496',
  '161496',
  '163296',
  '191498',
  '207946',
  '292018',
  '306999',
  '808157',
  '909879',
];
const NUMBERS_EACH = 1_000;
const DEBTORS = [0, 1];
let numbers = 0;

/** More stories than this have not enough numbers. */
export const MOST_STORIES = (FICTION.length * NUMBERS_EACH) / DEBTORS.length;

function newNumber(): string {
  const range = FICTION[Math.floor(numbers / NUMBERS_EACH)];
  if (range === undefined) throw new Error('there are not as many numbers for so many stories');
  const number = `+44${range}0${String(numbers % NUMBERS_EACH).padStart(3, '0')}`;
  numbers += 1;
  return number;
}

/** Writes a story's documents: overdue invoices at the level `gentle`, and their reminders and receipts that wait. */
export async function gather({ db, harness }: World, story: Story): Promise<Cast> {
  const now = harness.now();
  const uid = newId('user');
  const debtors = DEBTORS.map((): Debtor => {
    const clientId = newId('client');
    return { clientId, phone: newNumber(), email: `${clientId.toLowerCase()}@client.example` };
  });
  const items = story.items.flatMap((wish): Item[] => {
    const debtor = debtors[wish.debtor];
    if (debtor === undefined) return [];
    // Receipts are e-mails.
    const plan: ItemPlan = wish.class === 'debtor_service' ? { ...wish, channel: 'email' } : wish;
    const invoiceId = newId('inv');
    const id =
      plan.class === 'dunning' ? dunningItemId(invoiceId, 'gentle', plan.channel) : `receipt_${invoiceId}`;
    return [{ plan, debtor, invoiceId, ref: db.doc(`outbox/${id}`) }];
  });
  const batch = db.batch();
  batch.set(db.doc(`users/${uid}`), {
    email: `${uid.toLowerCase()}@studio.example`,
    businessName: 'Ada Studio',
    subscriptionTier: story.tier,
    timezone: 'Europe/London',
    status: 'active',
    collectionsEnabled: true,
    collectionsConsent: { version: 'collections-2026-11', smsOptedOut: false, emailOptedOut: false },
  });
  for (const { clientId, phone, email } of debtors) {
    batch.set(db.doc(`clients/${clientId}`), {
      freelancerId: uid,
      name: 'A Debtor',
      email,
      phone,
      timezone: story.zone,
      contactPermissions: { email: { status: 'granted' }, sms: { status: 'granted' } },
    });
  }
  for (const { debtor, invoiceId, ref } of items) {
    batch.set(db.doc(`invoices/${invoiceId}`), {
      reference: 'INV-0001',
      freelancerId: uid,
      clientId: debtor.clientId,
      clientName: 'A Debtor',
      clientEmail: debtor.email,
      clientPhone: debtor.phone,
      amount: 10_000,
      currency: 'GBP',
      status: 'in_collections',
      dueDate: '2026-11-01',
      collectionsEnabled: true,
      escalationLevel: 'gentle',
      sentAt: now,
    });
    batch.set(db.doc(`escalation_states/${invoiceId}`), {
      freelancerId: uid,
      currentLevel: 'gentle',
      isPaused: false,
      sentLevels: ['gentle'],
      pendingOutbox: [ref.id],
      closedAt: null,
    });
  }
  for (const item of items) if (item.plan.waits) queue(batch, item, uid, now);
  await batch.commit();
  return { uid, debtors, items };
}

/** Adds a message that waits to be sent. */
export function queue(
  batch: WriteBatch,
  { plan, debtor, invoiceId, ref }: Item,
  uid: string,
  now: Date,
): void {
  const { channel } = plan;
  const to = channel === 'sms' ? debtor.phone : debtor.email;
  const isReminder = plan.class === 'dunning';
  batch.create(ref, {
    class: plan.class,
    channel,
    template: isReminder ? 'gentle' : 'receipt',
    level: isReminder ? 'gentle' : null,
    invoiceId,
    freelancerId: uid,
    status: 'pending',
    reason: null,
    attempts: 0,
    notBefore: null,
    dueAt: now,
    providerMessageId: null,
    recipientHash: hashOf(channel, to),
    createdAt: now,
    updatedAt: now,
  });
  batch.create(ref.collection('private').doc('content'), {
    to,
    params: { ...invoiceParams, ...(isReminder ? { dueDate: '2026-11-01' } : {}) },
  });
}

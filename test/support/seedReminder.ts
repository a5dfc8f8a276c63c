import { type DocumentData, type DocumentReference } from 'firebase-admin/firestore';
import { type MessageHarness } from './messageHarness';
import { type ChaseFields, seedChase, type SeededChase } from './seedChase';
import { seedWaiting } from './seedMessage';

/** Only what sending needs of a harness. */
type Present = Pick<MessageHarness, 'db' | 'now'>;

export interface SeededReminder extends SeededChase {
  readonly item: DocumentReference;
}

/** A reminder about this invoice that waits since now. */
export function seedReminderOf(
  { db, now }: Present,
  { invoiceId, freelancerId, phone, email }: SeededChase,
  channel: 'sms' | 'email',
  fields: DocumentData = {},
): Promise<DocumentReference> {
  return seedWaiting(db, channel, channel === 'sms' ? phone : email, {
    invoiceId,
    freelancerId,
    createdAt: now(),
    updatedAt: now(),
    dueAt: now(),
    ...fields,
  });
}

/** A chase with a reminder that waits since now. */
export async function seedReminder(
  harness: Present,
  channel: 'sms' | 'email',
  { fields = {}, ...chase }: ChaseFields & { readonly fields?: DocumentData } = {},
): Promise<SeededReminder> {
  const seeded = await seedChase(harness.db, chase);
  return { ...seeded, item: await seedReminderOf(harness, seeded, channel, fields) };
}

/** Fields by which several chases are one freelancer's. */
export function chaseOf(freelancerId: string): ChaseFields {
  return { invoice: { freelancerId }, client: { freelancerId }, chase: { freelancerId } };
}

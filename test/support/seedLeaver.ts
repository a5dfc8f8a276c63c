import { type MessageHarness } from './messageHarness';
import { putObject } from './sandboxStripe';
import { seedChase, type SeededChase } from './seedChase';
import { chaseOf, seedReminderOf } from './seedReminder';
import { newId } from './stripeEvents';

/** A freelancer who is to leave, and what he leaves behind. */
export interface Leaver {
  readonly uid: string;
  readonly chases: readonly SeededChase[];
  /** A reminder that waits. */
  readonly reminderId: string;
  readonly templateId: string;
  readonly subscriptionId: string;
  readonly sessionId: string;
}

/** Only what is needed of a harness. */
type LeaverScene = Pick<MessageHarness, 'db' | 'now' | 'sandbox'>;

/** A freelancer with `count` overdue invoices, a waiting reminder, a recurring invoice and a subscription. */
export async function seedLeaver(scene: LeaverScene, count = 3): Promise<Leaver> {
  const { db, sandbox } = scene;
  const [subscriptionId, templateId] = [newId('sub'), newId('rt')];
  const first = await seedChase(db, { user: { stripeSubscriptionId: subscriptionId } });
  const uid = first.freelancerId;
  const chases = [first];
  const user = (await db.doc(`users/${uid}`).get()).data() ?? {};
  while (chases.length < count) {
    const chase = await seedChase(db, chaseOf(uid));
    // It made a freelancer of its own.
    await db.doc(`users/${chase.freelancerId}`).delete();
    chases.push({ ...chase, freelancerId: uid });
  }
  await db.doc(`users/${uid}`).set(user);
  await putObject(sandbox, { id: subscriptionId, object: 'subscription', status: 'active' });
  const reminder = await seedReminderOf(scene, first, 'email');
  await db.doc(`recurring_invoices/${templateId}`).set({ freelancerId: uid, status: 'active' });
  const sessionId = newId('cs_test');
  await putObject(sandbox, {
    id: sessionId,
    object: 'checkout.session',
    status: 'open',
    url: 'https://x.example',
  });
  await db.doc(`invoices/${first.invoiceId}`).update({
    checkout: {
      sessionId,
      amount: 10_000,
      expiresAt: new Date('2027-01-01T00:00:00Z'),
      generation: 1,
      fee: 0,
      stripeAccountId: null,
    },
  });
  return { uid, chases, reminderId: reminder.id, templateId, subscriptionId, sessionId };
}

import { type DocumentData, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { type Truth } from './truth';

interface Played {
  readonly uid: string;
  readonly customer: string;
  readonly isDeleted: boolean;
  readonly events: number;
}

/** In what the records differ from the truth. */
export async function wrongsOf(db: Firestore, played: Played, truth: Truth): Promise<string[]> {
  const { uid, customer, isDeleted, events } = played;
  const month = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
    .format(new Date())
    .slice(0, 7);
  const [user, row, usage] = await db.getAll(
    db.doc(`users/${uid}`),
    db.doc(`stripe_customers/${customer}`),
    db.doc(`usage/${uid}_${month}`),
  );
  const seen = user?.data() ?? {};
  const record: Truth = {
    subscriptionTier: String(seen['subscriptionTier']),
    subscriptionStatus: String(seen['subscriptionStatus']),
    stripeSubscriptionId: textOrNull(seen['stripeSubscriptionId']),
    stripeCustomerId: textOrNull(seen['stripeCustomerId']),
    pastDueSince: seconds(seen['subscriptionPastDueSince']),
    periodEnd: seconds(seen['subscriptionPeriodEnd']),
    endsAtPeriodEnd: seen['subscriptionEndsAtPeriodEnd'] === true,
    limit: limitOf(usage?.data()),
  };
  const wrongs = Object.keys(truth)
    .filter((field) => Reflect.get(record, field) !== Reflect.get(truth, field))
    .map(
      (field) =>
        `${field} is ${String(Reflect.get(record, field))}, and at Stripe ${String(Reflect.get(truth, field))}`,
    );
  if (row?.get('uid') !== uid) wrongs.push('the customer is not linked to the freelancer');
  // One commit for each event, and none for a copy of it.
  if (!isDeleted && row?.get('syncSeq') !== events)
    wrongs.push(`${events} events were written as ${String(row?.get('syncSeq'))} looks`);
  return [...wrongs, ...(await wrongsOfNews(db, uid, truth))];
}

/** What the freelancer was told is a chain: each change begins with the plan to which the last one led. */
async function wrongsOfNews(db: Firestore, uid: string, truth: Truth): Promise<string[]> {
  const items = await db.collection('outbox').where('freelancerId', '==', uid).get();
  const changes = items.docs
    .filter((item) => item.get('template') === 'plan_changed')
    .sort((a, b) => lookOf(a.id) - lookOf(b.id));
  const contents = await Promise.all(
    changes.map(({ ref }) => ref.collection('private').doc('content').get()),
  );
  let plan = 'free';
  for (const content of contents) {
    const params = content.get('params') as DocumentData;
    if (params['previousPlan'] !== plan) return [`he had ${plan}, and was told of ${JSON.stringify(params)}`];
    plan = String(params['plan']);
  }
  return plan === truth.subscriptionTier ? [] : [`he was told last that he has ${plan}`];
}

function lookOf(id: string): number {
  return Number(id.split('_').at(-1));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function seconds(value: unknown): number | null {
  return value instanceof Timestamp ? value.toMillis() / 1000 : null;
}

function limitOf(usage: DocumentData | undefined): number | null {
  const limits = usage?.['limits'] as Record<string, number | null> | undefined;
  return limits === undefined ? -1 : (limits['chasedInvoices'] ?? null);
}

import { type BillingWorld, startBillingWorld } from '../../support/billingWorld';
import { TUESDAY } from '../../support/messageHarness';
import { seedChase } from '../../support/seedChase';
import { chaseOf } from '../../support/seedReminder';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 60 * 60 * 1000;
const MONTH = '2026-11';

describe('the life of a subscription', () => {
  let world: BillingWorld;
  beforeAll(async () => {
    world = await startBillingWorld('sendCollectionsSms');
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(() => world.harness.stop());

  const days = (count: number): void => world.harness.travel(new Date(Date.parse(TUESDAY) + count * DAY_MS));

  /** Asks for a reminder by text message about another invoice. @returns what he is told */
  async function text(uid: string) {
    const { invoiceId } = await seedChase(world.harness.db, chaseOf(uid));
    return world.call('sendCollectionsSms', uid, { invoiceId, requestId: newId('req') });
  }
  const NOT_IN_PLAN = 'Your plan does not include SMS reminders.';
  const usage = (uid: string) => world.read(`usage/${uid}_${MONTH}`);

  it('follows a change of price at once, with all that was used', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'growth');
    await world.harness.db.doc(`usage/${uid}_${MONTH}`).update({ 'counters.chasedInvoices': 50 });
    const refused = await text(uid);
    const exhausted = { limit: 50, resetsAt: '2026-12-01T00:00:00.000Z' };
    expect([refused.error, refused.details]).toEqual(['RESOURCE_EXHAUSTED', { used: 50, ...exhausted }]);

    await world.happens(`subscriptions/${id}/change`, { price: 'price_recoup_pro_month' });
    expect((await text(uid)).error).toBeNull();
    expect(await usage(uid)).toMatchObject({
      counters: { chasedInvoices: 51 },
      limits: { chasedInvoices: null },
    });

    await world.happens(`subscriptions/${id}/change`, { price: 'price_recoup_growth_year' });
    expect((await text(uid)).details).toEqual({ used: 51, ...exhausted });
    expect(await usage(uid)).toMatchObject({
      counters: { chasedInvoices: 51 },
      limits: { chasedInvoices: 50 },
    });
    const changes = await world.harness.db.collection('notifications').where('freelancerId', '==', uid).get();
    expect(changes.docs.map((row) => String(row.get('title'))).sort()).toEqual([
      'Your plan is now Growth',
      'Your plan is now Growth',
      'Your plan is now Pro',
    ]);
  });

  it('keeps an unpaid plan for seven days from when it became unpaid, and gives it back once paid', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'growth');
    await world.happens(`subscriptions/${id}/renew`, { outcome: 'failed' });
    const since = new Date(TUESDAY);
    const unpaid = await world.user(uid);
    expect(unpaid).toMatchObject({ subscriptionTier: 'growth', subscriptionStatus: 'past_due' });
    expect(unpaid['subscriptionPastDueSince']).toMatchObject({ seconds: since.getTime() / 1000 });
    days(3);
    // Stripe tries again, in vain: the days go on counting, and he is not told twice.
    await world.happens(`subscriptions/${id}/retry`, { outcome: 'failed' });
    days(6);
    expect((await text(uid)).error).toBeNull();
    days(7);
    const refused = await text(uid);
    expect([refused.error, refused.message]).toEqual(['PERMISSION_DENIED', NOT_IN_PLAN]);
    days(8);
    await world.happens(`subscriptions/${id}/retry`, { outcome: 'succeeded' });
    expect((await text(uid)).error).toBeNull();
    expect(await world.user(uid)).toMatchObject({
      subscriptionStatus: 'active',
      subscriptionPastDueSince: null,
    });
    expect(await world.toldOf(uid)).toMatchObject({
      notices: ['plan_changed', 'subscription_payment_failed'],
    });
    const content = await world.harness.db
      .collection('outbox')
      .where('freelancerId', '==', uid)
      .where('template', '==', 'subscription_payment_failed')
      .get();
    const [item] = content.docs;
    expect((await item?.ref.collection('private').doc('content').get())?.get('params')).toEqual({
      plan: 'growth',
      keptUntil: '2026-12-01',
    });
    expect(item?.get('class')).toBe('freelancer_notice');
  });

  it('ends with the free plan, and what was used stays used', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'growth');
    expect((await text(uid)).error).toBeNull();
    await world.happens(`subscriptions/${id}/cancel`, { atPeriodEnd: true });
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'growth',
      subscriptionEndsAtPeriodEnd: true,
    });
    await world.happens(`subscriptions/${id}/cancel`);
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'free',
      subscriptionStatus: 'canceled',
      subscriptionEndsAtPeriodEnd: false,
    });
    expect(await usage(uid)).toMatchObject({
      counters: { chasedInvoices: 1 },
      limits: { chasedInvoices: 5 },
    });
    expect((await text(uid)).message).toBe(NOT_IN_PLAN);
    // He may subscribe anew, as the same customer.
    const { customer } = await world.subscribed(uid, 'pro');
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro', stripeCustomerId: customer });
  });

  it('of several subscriptions the best one that is paid counts', async () => {
    const uid = await world.freelancer();
    const { id: pro, customer } = await world.subscribed(uid, 'pro');
    const { subscription: starter } = await world.happens('subscriptions', {
      customer,
      price: 'price_recoup_starter_year',
    });
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro', stripeSubscriptionId: pro });
    await world.happens(`subscriptions/${pro}/renew`, { outcome: 'failed' });
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'starter',
      subscriptionStatus: 'active',
      stripeSubscriptionId: starter?.id,
    });
    await world.happens(`subscriptions/${pro}/retry`);
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro', stripeSubscriptionId: pro });
    await world.happens(`subscriptions/${pro}/cancel`);
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'starter' });
  });

  it('a plan with the agency offer brings back the chases that have come to their end without it', async () => {
    const uid = await world.freelancer();
    const ended = { status: 'in_collections', escalationLevel: 'final', nextActionAt: null };
    const { db } = world.harness;
    const [own, paid, others] = await Promise.all([
      seedChase(db, { ...chaseOf(uid), invoice: { freelancerId: uid, ...ended } }),
      seedChase(db, { ...chaseOf(uid), invoice: { freelancerId: uid, ...ended, status: 'paid' } }),
      seedChase(db, { invoice: ended }),
    ]);
    const nextOf = async ({ invoiceId }: { invoiceId: string }): Promise<unknown> =>
      (await world.read(`invoices/${invoiceId}`))['nextActionAt'];
    const { id } = await world.subscribed(uid, 'starter');
    expect(await nextOf(own)).toBeNull();
    await world.happens(`subscriptions/${id}/change`, { price: 'price_recoup_growth_month' });
    expect(await nextOf(own)).toMatchObject({ seconds: Date.parse(TUESDAY) / 1000 });
    expect([await nextOf(paid), await nextOf(others)]).toEqual([null, null]);
  });

  it('a subscription that Stripe gave up on gives no plan', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'pro');
    await world.happens(`subscriptions/${id}/become`, { status: 'unpaid' });
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'free', subscriptionStatus: 'unpaid' });
    expect((await world.subscribe(uid, 'pro')).error).toBe('FAILED_PRECONDITION');
  });

  it('ends with the customer: he is let go, and may become another one', async () => {
    const uid = await world.freelancer();
    const { id, customer } = await world.subscribed(uid, 'growth');
    await world.happens(`customers/${customer}/delete`, { deliveries: 2 });
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'free',
      stripeCustomerId: null,
      stripeSubscriptionId: null,
    });
    // Whatever still comes about him is late.
    const late = await world.happens('events', {
      type: 'customer.subscription.updated',
      object: { id, object: 'subscription', customer },
    });
    expect(await world.read(`processed_events/stripe_${late.events[0]?.id ?? ''}`)).toMatchObject({
      outcome: 'customer_deleted',
    });
    const again = await world.subscribed(uid, 'starter');
    expect(again.customer).not.toBe(customer);
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'starter',
      stripeCustomerId: again.customer,
    });
  });
});

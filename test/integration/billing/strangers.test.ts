import { type BillingWorld, startBillingWorld, type Told } from '../../support/billingWorld';
import { control, tryControl } from '../../support/sandboxControl';
import { newId } from '../../support/stripeEvents';

describe('events of subscriptions that can not be used, or are none of ours', () => {
  let world: BillingWorld;
  beforeAll(async () => {
    world = await startBillingWorld();
  });
  afterAll(() => world.harness.stop());

  const eventOf = ({ events }: Told): string => events[0]?.id ?? '';
  const failureOf = (told: Told) => world.read(`failed_webhooks/stripe_${eventOf(told)}`);
  const send = (type: string, object: object, more: object = {}): Promise<Told> =>
    world.happens('events', { type, object, ...more });

  it('an unknown price is a dead letter, and takes nothing from one who pays', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'growth');
    await control(world.harness.sandbox, 'PUT', 'stripe/objects/price_old', {
      ...(await price('price_recoup_pro_month')),
      id: 'price_old',
    });
    const before = await world.user(uid);
    const told = await world.happens(`subscriptions/${id}/change`, { price: 'price_old' });
    expect(await failureOf(told)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unknown_price' },
    });
    expect(await world.user(uid)).toEqual(before);
    expect(await world.exists(`processed_events/stripe_${eventOf(told)}`)).toBe(false);

    // Somebody adds it to a plan: whatever comes next brings the plan.
    await world.harness.db.doc('system_config/plans').set({ pro: { prices: { former: ['price_old'] } } });
    try {
      await world.happens(`subscriptions/${id}/renew`);
      expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro' });
    } finally {
      await world.harness.db.doc('system_config/plans').delete();
    }
  });

  async function price(id: string): Promise<Record<string, unknown>> {
    const headers = { authorization: 'Bearer sk_test_reader' };
    const response = await fetch(`${world.harness.sandbox.origin}/v1/prices/${id}`, { headers });
    return (await response.json()) as Record<string, unknown>;
  }

  it('an unknown customer who pays is a dead letter', async () => {
    const customer = newId('cus');
    const told = await world.happens('subscriptions', { customer, price: 'price_recoup_pro_month' });
    expect(await failureOf(told)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unknown_customer' },
    });
  });

  it('a customer whom two freelancers call theirs is a dead letter, and one whom one does is linked', async () => {
    const [shared, own] = [newId('cus'), newId('cus')];
    const uids = await Promise.all(
      [shared, shared, own].map((id) => world.freelancer({ stripeCustomerId: id })),
    );
    const doubtful = await world.happens('subscriptions', {
      customer: shared,
      price: 'price_recoup_pro_month',
    });
    expect(await failureOf(doubtful)).toMatchObject({ status: 'dead_letter' });
    expect(await world.user(uids[0] ?? '')).toMatchObject({ subscriptionTier: 'free' });
    await world.happens('subscriptions', { customer: own, price: 'price_recoup_pro_month' });
    expect(await world.user(uids[2] ?? '')).toMatchObject({ subscriptionTier: 'pro' });
    expect(await world.read(`stripe_customers/${own}`)).toMatchObject({ uid: uids[2] });
  });

  it('what is not about a subscription with us is ignored', async () => {
    const uid = await world.freelancer();
    const { id, customer } = await world.subscribed(uid, 'growth');
    const subscription = { id, object: 'subscription', customer };
    const changed = await world.changes(async () => {
      await send('customer.subscription.deleted', subscription, { account: 'acct_freelancer' });
      await send('invoice.paid', { id: newId('in'), object: 'invoice', customer, parent: null });
      await send('customer.deleted', { id: newId('cus'), object: 'customer' });
      await send('customer.subscription.trial_will_end', subscription);
      const session = { id: newId('cs'), object: 'checkout.session', mode: 'subscription', customer };
      await send('checkout.session.completed', { ...session, payment_status: 'paid', metadata: {} });
    });
    expect(changed).toEqual([]);
  });

  it('an invoice in the form of before 2025 is understood, and no session for a plan is a payment', async () => {
    const uid = await world.freelancer();
    const { id, customer } = await world.subscribed(uid, 'growth');
    const told = await send('invoice.payment_succeeded', {
      id: newId('in'),
      object: 'invoice',
      customer,
      subscription: id,
    });
    expect(await world.read(`processed_events/stripe_${eventOf(told)}`)).toMatchObject({
      outcome: 'noted',
      metadata: { customerId: customer },
    });
    const payments = await world.harness.db.collection('transactions').get();
    expect(payments.docs.map((payment) => payment.id)).toEqual([]);
  });

  it('an event that lacks its customer is a dead letter', async () => {
    const told = await send('customer.subscription.updated', { id: 'sub_x', object: 'subscription' });
    expect(await failureOf(told)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unusable_event' },
    });
  });

  it('while Stripe is away nothing changes, and the next delivery does it', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'starter');
    const { sandbox } = world.harness;
    await control(sandbox, 'POST', 'faults', {
      provider: 'stripe',
      mode: 'server_error',
      count: 1,
      path: '/v1/subscriptions',
    });
    const { body } = await tryControl(sandbox, 'POST', `stripe/subscriptions/${id}/change`, {
      price: 'price_recoup_pro_year',
    });
    const answered = body as Told;
    expect(answered.deliveries.map(({ status }) => status)).toEqual([500]);
    expect(await failureOf(answered)).toMatchObject({
      status: 'pending_retry',
      lastError: { code: 'stripe_unavailable' },
    });
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'starter' });
    await send(
      'customer.subscription.updated',
      { id, object: 'subscription', customer: (await world.user(uid))['stripeCustomerId'] as string },
      { id: eventOf(answered) },
    );
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro' });
    expect(await failureOf(answered)).toMatchObject({ status: 'resolved' });
  });
});

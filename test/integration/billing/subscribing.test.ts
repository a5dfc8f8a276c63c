import { type BillingWorld, startBillingWorld } from '../../support/billingWorld';

describe('subscribing to a plan', () => {
  let world: BillingWorld;
  beforeAll(async () => {
    world = await startBillingWorld();
  });
  afterAll(() => world.harness.stop());

  const customersMade = (uid: string) =>
    world.harness.sandbox
      .accepted('stripe')
      .filter(({ path, body }) => path === '/v1/customers' && JSON.stringify(body).includes(uid));

  it('makes one customer, linked both ways, and a page for the price of the plan', async () => {
    const uid = await world.freelancer();
    const { result, error } = await world.subscribe(uid, 'growth', 'year');
    expect(error).toBeNull();
    const [made] = customersMade(uid);
    expect(made?.body).toEqual({ metadata: { kind: 'account', uid } });
    const customer = String((await world.user(uid))['stripeCustomerId']);
    expect(await world.read(`stripe_customers/${customer}`)).toMatchObject({ uid, syncSeq: 0 });
    const session = world.harness.sandbox
      .accepted('stripe')
      .find(({ path, body }) => path === '/v1/checkout/sessions' && JSON.stringify(body).includes(uid));
    expect(session).toMatchObject({
      account: null,
      body: {
        mode: 'subscription',
        customer,
        line_items: [{ price: 'price_recoup_growth_year', quantity: '1' }],
        metadata: { kind: 'subscription', uid },
        subscription_data: { metadata: { kind: 'subscription', uid } },
      },
    });
    expect(result['url']).toBe(`https://checkout.stripe.com/c/pay/${String(result['sessionId'])}`);
  });

  it('called five times at once it is one customer and one page', async () => {
    const uid = await world.freelancer();
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.subscribe(uid, 'pro')));
    expect(answers.map(({ error }) => error)).toEqual([null, null, null, null, null]);
    expect(new Set(answers.map(({ result }) => result['sessionId'])).size).toBe(1);
    expect(customersMade(uid)).toHaveLength(1);
  });

  it.each(['customer.after-stripe', 'customer.after-commit'])(
    'killed at %s, the next call gets the same customer',
    async (crashPoint) => {
      const uid = await world.freelancer();
      await world.crash('createSubscriptionCheckout', crashPoint, uid, { plan: 'starter' });
      expect((await world.subscribe(uid, 'starter')).error).toBeNull();
      expect(customersMade(uid)).toHaveLength(1);
      const rows = await world.harness.db.collection('stripe_customers').where('uid', '==', uid).get();
      expect(rows.docs.map(({ id }) => id)).toEqual([(await world.user(uid))['stripeCustomerId']]);
    },
  );

  it('gives the open page back for the same plan, and closes it for another one', async () => {
    const uid = await world.freelancer();
    const first = (await world.subscribe(uid, 'growth')).result['sessionId'];
    expect((await world.subscribe(uid, 'growth')).result['sessionId']).toBe(first);
    const other = (await world.subscribe(uid, 'pro')).result['sessionId'];
    expect(other).not.toBe(first);
    await expect(world.happens(`checkout/${String(first)}/pay`)).rejects.toThrow(/is expired/);
    await world.happens(`checkout/${String(other)}/pay`);
    expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro' });
  });

  it('once paid gives the plan, its limits and one notice, however often Stripe says so', async () => {
    const uid = await world.freelancer();
    const { result } = await world.subscribe(uid, 'growth');
    const { subscription } = await world.happens(`checkout/${String(result['sessionId'])}/pay`, {
      deliveries: 5,
    });
    expect(await world.user(uid)).toMatchObject({
      subscriptionTier: 'growth',
      subscriptionStatus: 'active',
      stripeSubscriptionId: subscription?.id,
      stripeCustomerId: subscription?.customer,
      subscriptionPastDueSince: null,
      subscriptionEndsAtPeriodEnd: false,
    });
    expect(await world.read(`usage/${uid}_2026-11`)).toMatchObject({
      freelancerId: uid,
      month: '2026-11',
      counters: { chasedInvoices: 0 },
      limits: { chasedInvoices: 50 },
    });
    expect(await world.toldOf(uid)).toEqual({ mails: ['plan_changed'], notices: ['plan_changed'] });
    const failed = await world.harness.db.collection('failed_webhooks').get();
    expect(failed.docs.map(({ id }) => id)).toEqual([]);
  });

  it('is refused to one who has a subscription: he changes it on its own page', async () => {
    const uid = await world.freelancer();
    expect((await world.call('createPortalSession', uid, {})).error).toBe('FAILED_PRECONDITION');
    await world.subscribed(uid, 'starter');
    const second = await world.subscribe(uid, 'pro');
    expect([second.error, second.message]).toEqual([
      'FAILED_PRECONDITION',
      'You have a plan already. Change it on the page of your subscription.',
    ]);
    const portal = await world.call('createPortalSession', uid, {});
    expect(portal.result['url']).toMatch(/^https:\/\/billing\.stripe\.com\/p\/session\/bps_/);
  });

  it('is refused to debtors, to closed accounts, and for plans that are not sold', async () => {
    const closed = await world.freelancer({ status: 'deleted' });
    const uid = await world.freelancer();
    const errors = await Promise.all([
      world.subscribe('nobody', 'growth'),
      world.call('createPortalSession', 'nobody', {}),
      world.subscribe(closed, 'growth'),
      world.subscribe(uid, 'free'),
      world.subscribe(uid, 'growth', 'week'),
      world.call('createSubscriptionCheckout', uid, { plan: 'pro', price: 'price_x' }),
    ]);
    expect(errors.map(({ error }) => error)).toEqual([
      'PERMISSION_DENIED',
      'PERMISSION_DENIED',
      'PERMISSION_DENIED',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
    ]);
    expect(customersMade(uid)).toEqual([]);
  });

  it('sells the prices that operators have set', async () => {
    const uid = await world.freelancer();
    await world.harness.db.doc('system_config/plans').set({
      growth: { prices: { month: { id: 'price_recoup_pro_year', amount: 1 } } },
    });
    try {
      await world.subscribed(uid, 'growth');
      // It is a price of pro too, the larger plan of the two.
      expect(await world.user(uid)).toMatchObject({ subscriptionTier: 'pro' });
    } finally {
      await world.harness.db.doc('system_config/plans').delete();
    }
  });
});

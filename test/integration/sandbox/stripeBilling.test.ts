import Stripe from 'stripe';
import { createStripeClient } from '../../../functions/src/providers/stripe/createStripeClient';
import { StripeGateway } from '../../../functions/src/providers/stripe/stripeGateway';
import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { control, tryControl } from '../../support/sandboxControl';

/** Asked with Stripe's own library, as the functions ask. */
describe('Stripe Billing in the sandbox', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;
  beforeAll(async () => {
    // Nobody listens: what was sent where is not what is tested here.
    sandbox = await startSandbox({ webhookTargets: { stripe: 'http://127.0.0.1:9/' } });
    const { hostname: host, port } = new URL(sandbox.origin);
    stripe = new Stripe('sk_test_sandbox', {
      host,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
      telemetry: false,
    });
  });
  afterAll(() => sandbox.stop());

  const PRICE = 'price_recoup_growth_month';
  const happens = (path: string, body: object = {}) =>
    control(sandbox, 'POST', `stripe/${path}`, { deliveries: 0, ...body }) as Promise<{
      subscription: Stripe.Subscription;
      events: { id: string; type: string }[];
    }>;
  const typesOf = ({ events }: { events: { type: string }[] }) => events.map(({ type }) => type);

  async function subscribed(): Promise<{ customer: string; id: string }> {
    const { id: customer } = await stripe.customers.create({ metadata: { uid: 'u' } });
    const { id } = (await happens('subscriptions', { customer, price: PRICE })).subscription;
    return { customer, id };
  }

  it('makes, changes and deletes customers; the same key makes the same one', async () => {
    const make = () => stripe.customers.create({ metadata: { uid: 'u' } }, { idempotencyKey: 'one' });
    const [first, second] = [await make(), await make()];
    expect(second.id).toBe(first.id);
    await expect(
      stripe.customers.create({ metadata: { uid: 'x' } }, { idempotencyKey: 'one' }),
    ).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
    await stripe.customers.update(first.id, { email: 'ada@studio.example', metadata: { more: 'y' } });
    expect(await stripe.customers.retrieve(first.id)).toMatchObject({
      email: 'ada@studio.example',
      metadata: { uid: 'u', more: 'y' },
    });
    await expect(stripe.customers.update(first.id, { email: 'no address' })).rejects.toMatchObject({
      code: 'email_invalid',
    });
    await stripe.customers.del(first.id);
    expect(await stripe.customers.retrieve(first.id)).toMatchObject({ id: first.id, deleted: true });
    await expect(stripe.customers.update(first.id, { name: 'x' })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('opens pages to subscribe for customers and prices that exist, and refuses what it does not know', async () => {
    const { id: customer } = await stripe.customers.create({});
    const wish = {
      mode: 'subscription' as const,
      customer,
      line_items: [{ price: PRICE, quantity: 1 }],
      success_url: 'https://app.recoup.example/ok',
    };
    const session = await stripe.checkout.sessions.create(wish);
    expect(session).toMatchObject({ mode: 'subscription', amount_total: 3_900, status: 'open', customer });
    const refused: [Partial<Stripe.Checkout.SessionCreateParams>, string][] = [
      [{ customer: 'cus_x' }, 'customer'],
      [{ line_items: [{ price: 'price_x', quantity: 1 }] }, 'line_items[0][price]'],
      [{ payment_intent_data: { description: 'x' } }, 'payment_intent_data'],
    ];
    for (const [more, param] of refused)
      await expect(stripe.checkout.sessions.create({ ...wish, ...more })).rejects.toMatchObject({ param });

    const told = await happens(`checkout/${session.id}/pay`);
    expect(typesOf(told)).toEqual([
      'customer.subscription.created',
      'invoice.paid',
      'invoice.payment_succeeded',
      'checkout.session.completed',
    ]);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: null,
      subscription: told.subscription.id,
    });
    const again = await tryControl(sandbox, 'POST', `stripe/checkout/${session.id}/pay`, {});
    expect(again.status).toBe(409);
  });

  it('lists subscriptions by customer and status, those that are over only when asked for', async () => {
    const { customer, id } = await subscribed();
    const ids = async (status?: 'all' | 'canceled' | 'ended' | 'active') => {
      const { data } = await stripe.subscriptions.list({ customer, ...(status ? { status } : {}) });
      return data.map((one) => one.id);
    };
    expect([await ids(), await ids('all'), await ids('canceled')]).toEqual([[id], [id], []]);
    await stripe.subscriptions.cancel(id);
    expect([await ids(), await ids('all'), await ids('ended'), await ids('active')]).toEqual([
      [],
      [id],
      [id],
      [],
    ]);
    await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('lets a subscription live: unpaid, tried again, paid, another price, to its end', async () => {
    const { customer, id } = await subscribed();
    const statusOf = async () => (await stripe.subscriptions.retrieve(id)).status;
    const invoices = async () => {
      const { data } = await stripe.invoices.list({ subscription: id });
      return data.map(({ status, attempt_count: attempts }) => `${String(status)} ${attempts}`);
    };
    expect(typesOf(await happens(`subscriptions/${id}/renew`, { outcome: 'failed' }))).toEqual([
      'customer.subscription.updated',
      'invoice.payment_failed',
    ]);
    expect([await statusOf(), await invoices()]).toEqual(['past_due', ['open 1', 'paid 1']]);
    expect(typesOf(await happens(`subscriptions/${id}/retry`, { outcome: 'failed' }))).toEqual([
      'invoice.payment_failed',
    ]);
    expect(await invoices()).toEqual(['open 2', 'paid 1']);
    await happens(`subscriptions/${id}/retry`);
    expect([await statusOf(), await invoices()]).toEqual(['active', ['paid 2', 'paid 1']]);
    const { subscription } = await happens(`subscriptions/${id}/change`, { price: 'price_recoup_pro_year' });
    const [item] = subscription.items.data;
    expect(item?.price.id).toBe('price_recoup_pro_year');
    expect(item?.current_period_end).toBeGreaterThan(item?.current_period_start ?? 0);
    await happens(`subscriptions/${id}/cancel`, { atPeriodEnd: true });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
    });
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(invoice?.parent?.subscription_details?.subscription).toBe(id);
    expect(typesOf(await happens(`customers/${customer}/delete`))).toEqual([
      'customer.subscription.deleted',
      'customer.deleted',
    ]);
    expect(await statusOf()).toBe('canceled');
    expect((await tryControl(sandbox, 'POST', `stripe/subscriptions/${id}/dance`, {})).status).toBe(404);
  });

  it('opens the portal for a customer, on the platform account alone', async () => {
    const { customer } = await subscribed();
    const portal = await stripe.billingPortal.sessions.create({
      customer,
      return_url: 'https://app.recoup.example',
    });
    expect(portal).toMatchObject({ object: 'billing_portal.session', customer });
    await expect(stripe.billingPortal.sessions.create({ customer: 'cus_x' })).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(stripe.customers.create({}, { stripeAccount: 'acct_freelancer' })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('our own gateway ends a subscription, and does nothing to one that is over, or is none', async () => {
    const gateway = new StripeGateway(() => createStripeClient('sk_test_gateway', sandbox.origin));
    const { customer, id } = await subscribed();
    await gateway.cancelSubscription(id);
    await gateway.cancelSubscription(id);
    expect(await gateway.subscriptionsOf(customer)).toMatchObject([{ id, status: 'canceled' }]);
    await gateway.cancelSubscription('sub_x');
  });
});

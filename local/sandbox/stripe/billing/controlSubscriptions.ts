import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { deliverEvents, type EventToSend } from '../control/deliverEvents';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { deleteCustomer } from './customers';
import { SubscriptionLife } from './subscriptionLife';

const outcome = z.enum(['succeeded', 'failed']).default('succeeded');

const newSubscription = z.strictObject({
  deliveries,
  customer: z.string(),
  price: z.string(),
  metadata: z.record(z.string(), z.string()).default({}),
});

/** What may become of a subscription, by the last part of the path. */
const VERBS = {
  change: z.strictObject({ deliveries, price: z.string() }),
  renew: z.strictObject({ deliveries, outcome }),
  retry: z.strictObject({ deliveries, outcome }),
  cancel: z.strictObject({ deliveries, atPeriodEnd: z.boolean().default(false) }),
  become: z.strictObject({
    deliveries,
    status: z.enum(['active', 'past_due', 'unpaid', 'paused', 'incomplete']),
  }),
} as const;

/** POST /_sandbox/stripe/subscriptions: a customer subscribes without a Checkout page. */
export async function subscribe(context: StripeContext, body: unknown): Promise<unknown> {
  const { deliveries: times, customer, price, metadata } = parseControl(newSubscription, body);
  const { life, events } = SubscriptionLife.begin(context, {
    customer,
    priceId: price,
    quantity: 1,
    metadata,
  });
  return tell(context, life, events, times);
}

/**
 * POST /_sandbox/stripe/subscriptions/{id}/{verb}: something becomes of it. Answers with the subscription and with what
 * the webhook endpoint said to each delivery.
 * @throws ControlError for an unknown subscription, or what can not happen to it
 */
export async function liveOn(
  context: StripeContext,
  id: string,
  verb: string,
  body: unknown,
): Promise<unknown> {
  const life = SubscriptionLife.of(context, id);
  const happened = attempt(() => happen(life, verb, body));
  if (happened === undefined) throw new ControlError(`A subscription can not ${verb}.`, 404);
  return tell(context, life, happened.events, happened.times);
}

const deletion = z.strictObject({ deliveries });

/** POST /_sandbox/stripe/customers/{id}/delete: somebody deletes a customer in Stripe's dashboard. */
export async function removeCustomer(context: StripeContext, id: string, body: unknown): Promise<unknown> {
  const { deliveries: times } = parseControl(deletion, body);
  const before = context.store.find(id);
  const live = context.store
    .list('subscription', null)
    .filter(({ customer, status }) => customer === id && status !== 'canceled');
  attempt(() => deleteCustomer(context, id));
  const events = [
    ...live.map((subscription) => ({
      type: 'customer.subscription.deleted',
      object: context.store.find(subscription.id),
    })),
    { type: 'customer.deleted', object: before },
  ];
  return deliverEvents(context, events, times);
}

function happen(
  life: SubscriptionLife,
  verb: string,
  body: unknown,
): { events: EventToSend[]; times: number } | undefined {
  switch (verb) {
    case 'change': {
      const { price, deliveries: times } = parseControl(VERBS.change, body);
      return { events: life.change(price), times };
    }
    case 'renew': {
      const wish = parseControl(VERBS.renew, body);
      return { events: life.renew(wish.outcome === 'succeeded'), times: wish.deliveries };
    }
    case 'retry': {
      const wish = parseControl(VERBS.retry, body);
      return { events: life.retry(wish.outcome === 'succeeded'), times: wish.deliveries };
    }
    case 'cancel': {
      const { atPeriodEnd, deliveries: times } = parseControl(VERBS.cancel, body);
      return { events: life.cancel(atPeriodEnd), times };
    }
    case 'become': {
      const { status, deliveries: times } = parseControl(VERBS.become, body);
      return { events: life.become(status), times };
    }
    default:
      return undefined;
  }
}

async function tell(
  context: StripeContext,
  life: SubscriptionLife,
  events: EventToSend[],
  times: number,
): Promise<unknown> {
  const subscription = life.object;
  return { subscription, ...(await deliverEvents(context, events, times)) };
}

function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof StripeApiError) throw new ControlError(error.message, error.status);
    throw error;
  }
}

import Stripe from 'stripe';
import { deliver, type DeliveryResult } from '../../deliver';
import { ControlError } from '../../controlError';
import { newStripeId } from '../newStripeId';
import { buildEvent } from '../shapes/buildEvent';
import { seconds } from '../seconds';
import { type StripeContext } from '../stripeContext';

/** An event to be sent; ids and envelope are added. */
export interface EventToSend {
  type: string;
  object: unknown;
  /** Undefined or null: an event of the platform. */
  account?: string | null | undefined;
  id?: string | undefined;
  apiVersion?: string | undefined;
  previousAttributes?: Record<string, unknown>;
}

export interface SentEvent {
  id: string;
  type: string;
}

export type EventDelivery = DeliveryResult & { eventId: string; type: string };

/**
 * Signs each event afresh for each delivery and posts them all at once: every event `deliveries` times.
 * @throws ControlError (409) when no webhook URL is configured.
 */
export async function deliverEvents(
  context: StripeContext,
  events: EventToSend[],
  deliveries: number,
): Promise<{ events: SentEvent[]; deliveries: EventDelivery[] }> {
  const target = context.webhookTarget();
  if (target === undefined) throw new ControlError('No webhook URL for Stripe is configured.', 409);
  const built = events.map((event) => keepEvent(context, event, deliveries));
  const secret = context.webhookSecret();
  const sent = await Promise.all(
    built.flatMap(({ id, type, payload }) =>
      Array.from({ length: deliveries }, async () => {
        const headers = {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret }),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        };
        return { eventId: id, type, ...(await deliver(target, payload, headers)) };
      }),
    ),
  );
  return { events: built.map(({ id, type }) => ({ id, type })), deliveries: sent };
}

/** An event is an object of the account like any other: it can be read back. */
function keepEvent(
  context: StripeContext,
  event: EventToSend,
  deliveries: number,
): SentEvent & { payload: string } {
  const account = event.account ?? null;
  const object = buildEvent({
    id: event.id ?? newStripeId('evt_1'),
    type: event.type,
    object: event.object,
    ...(event.previousAttributes === undefined ? {} : { previousAttributes: event.previousAttributes }),
    ...(account === null ? {} : { account }),
    apiVersion: event.apiVersion ?? Stripe.API_VERSION,
    created: seconds(context.now()),
    requestId: null,
    idempotencyKey: null,
    pendingWebhooks: deliveries > 0 ? 1 : 0,
  });
  context.store.put(object, account);
  return { id: object.id, type: event.type, payload: JSON.stringify(object, null, 2) };
}

import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { deliverEvents } from '../control/deliverEvents';
import { present } from '../present';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { SubscriptionLife } from './subscriptionLife';

const paySchema = z.strictObject({ deliveries });
const sessionFields = z.looseObject({ id: z.string(), status: z.string(), customer: z.string() });

/**
 * POST /_sandbox/stripe/checkout/{id}/pay for a session of mode `subscription`: the customer subscribes and pays the
 * first invoice. Answers with session and subscription as they are then.
 * @throws ControlError for a session that is not open
 */
export async function paySubscription(
  context: StripeContext,
  known: StripeObject,
  body: unknown,
): Promise<unknown> {
  const { deliveries: times } = parseControl(paySchema, body);
  const { id, status, customer } = sessionFields.parse(present(context.store, known, context.now()));
  const asked = context.subscriptionData.get(id);
  if (status !== 'open' || asked === undefined)
    throw new ControlError(`Checkout Session ${id} is ${status}.`, 409);
  const { life, events } = SubscriptionLife.begin(context, { customer, ...asked });
  const session = context.store.update(id, {
    status: 'complete',
    payment_status: 'paid',
    subscription: life.id,
    invoice: life.object['latest_invoice'],
    url: null,
  });
  const told = await deliverEvents(
    context,
    [...events, { type: 'checkout.session.completed', object: session }],
    times,
  );
  return { session, subscription: life.object, ...told };
}

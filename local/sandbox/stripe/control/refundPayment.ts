import { z } from 'zod';
import { ControlError } from '../../controlError';
import { parseControl } from '../../parseControl';
import { createRefund } from '../api/createRefund';
import { present } from '../present';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { deliveries } from '../../deliveries';
import { deliverEvents } from './deliverEvents';

const refundSchema = z.strictObject({
  payment_intent: z.string().min(1),
  /** Minor units; without it: all that is left. */
  amount: z.number().int().min(1).optional(),
  status: z.enum(['succeeded', 'pending', 'failed']).default('succeeded'),
  deliveries,
});

/**
 * POST /_sandbox/stripe/refund: somebody refunds in Stripe's dashboard. Sends refund.created and
 * charge.refunded, or refund.failed where the bank refused.
 * @throws ControlError for an unknown Payment Intent or an amount above what is left.
 */
export async function refundPayment(context: StripeContext, body: unknown): Promise<unknown> {
  const wish = parseControl(refundSchema, body);
  const account = context.store.ownerOf(wish.payment_intent);
  const refund = attempt(() =>
    createRefund(
      context,
      account,
      {
        payment_intent: wish.payment_intent,
        ...(wish.amount === undefined ? {} : { amount: String(wish.amount) }),
      },
      wish.status,
    ),
  );
  const charge = chargeOf(context, refund);
  const second =
    wish.status === 'failed'
      ? { type: 'refund.failed', object: refund }
      : { type: 'charge.refunded', object: charge };
  const told = await deliverEvents(
    context,
    [
      { type: 'refund.created', object: refund, account },
      { ...second, account },
    ],
    wish.deliveries,
  );
  return { refund, charge, ...told };
}

function attempt(run: () => StripeObject): StripeObject {
  try {
    return run();
  } catch (error) {
    if (error instanceof StripeApiError) throw new ControlError(error.message, error.status);
    throw error;
  }
}

function chargeOf(context: StripeContext, refund: StripeObject): StripeObject {
  const charge = typeof refund['charge'] === 'string' ? context.store.find(refund['charge']) : undefined;
  if (charge === undefined) throw new ControlError(`Refund ${refund.id} has no charge.`, 404);
  return present(context.store, charge, context.now());
}

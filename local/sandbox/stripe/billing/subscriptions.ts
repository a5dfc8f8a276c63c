import { z } from 'zod';
import { requireObject } from '../api/requireObject';
import { expandPaths } from '../commonParameters';
import { parseParameters } from '../parseParameters';
import { seconds } from '../seconds';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';

const cancelParameters = z.strictObject({
  expand: expandPaths,
  invoice_now: z.enum(['true', 'false']).optional(),
  prorate: z.enum(['true', 'false']).optional(),
});

const updateParameters = z.strictObject({
  cancel_at_period_end: z.enum(['true', 'false']).optional(),
  expand: expandPaths,
});

/**
 * DELETE /v1/subscriptions/{id}: ends it at once.
 * @throws StripeApiError 404 for one that is unknown, or over already
 */
export function cancelSubscription(context: StripeContext, id: string, raw: unknown = {}): StripeObject {
  parseParameters(cancelParameters, raw);
  const known = requireObject(context, null, 'subscription', id);
  if (isOver(known['status'])) {
    throw new StripeApiError(404, {
      code: 'resource_missing',
      message: `No such subscription: '${id}'`,
      param: 'id',
    });
  }
  const now = seconds(context.now());
  return context.store.update(id, {
    status: 'canceled',
    canceled_at: now,
    ended_at: now,
    cancel_at_period_end: false,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: 'cancellation_requested',
    },
  });
}

/** POST /v1/subscriptions/{id}, as far as it is used: whether it ends with its period. */
export function updateSubscription(context: StripeContext, id: string, raw: unknown): StripeObject {
  const { cancel_at_period_end: wanted } = parseParameters(updateParameters, raw);
  const known = requireObject(context, null, 'subscription', id);
  if (isOver(known['status'])) {
    const message = 'A canceled subscription can only update its cancellation_details and metadata.';
    throw new StripeApiError(400, { message, executed: true });
  }
  return wanted === undefined ? known : context.store.update(id, { cancel_at_period_end: wanted === 'true' });
}

/** Whether a list that asks for this status has it: without one, all but those that are over. */
export function isOfStatus({ status }: StripeObject, wanted: string | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === undefined) return status !== 'canceled';
  return wanted === 'ended' ? isOver(status) : status === wanted;
}

function isOver(status: unknown): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

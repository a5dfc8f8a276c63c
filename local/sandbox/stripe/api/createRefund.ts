import { z } from 'zod';
import { chargeFields } from '../chargeFields';
import { amount, expandPaths, metadata } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { present } from '../present';
import { buildRefund, type RefundFacts } from '../shapes/buildRefund';
import { StripeApiError } from '../stripeApiError';
import { seconds } from '../seconds';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { requireObject } from './requireObject';

const refundParameters = z.strictObject({
  amount: amount.optional(),
  charge: z.string().optional(),
  expand: expandPaths,
  metadata: metadata.optional(),
  payment_intent: z.string().optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  refund_application_fee: z.enum(['true', 'false']).optional(),
});

/**
 * POST /v1/refunds: never more than what is left of the charge.
 * @param status what becomes of it; the API path itself always succeeds at once
 * @throws StripeApiError 400 charge_already_refunded, or for an amount above what is left.
 */
export function createRefund(
  context: StripeContext,
  account: Owner,
  raw: unknown,
  status: RefundFacts['status'] = 'succeeded',
): StripeObject {
  const parameters = parseParameters(refundParameters, raw);
  const charge = chargeFields.parse(
    present(context.store, chargeOf(context, account, parameters), context.now()),
  );
  const left = charge.amount - charge.amount_refunded;
  const wanted = parameters.amount ?? left;
  if (left <= 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw new StripeApiError(400, { code: 'charge_already_refunded', message, executed: true });
  }
  if (wanted < 1) {
    const message = 'Invalid positive integer';
    throw new StripeApiError(400, { code: 'parameter_invalid_integer', message, param: 'amount' });
  }
  if (wanted > left) {
    const message = `Refund amount (${wanted}) is greater than unrefunded amount on charge (${left}), in the smallest unit of ${charge.currency}`;
    throw new StripeApiError(400, { message, param: 'amount', executed: true });
  }
  const refund = buildRefund({
    id: newStripeId('re_3'),
    charge: charge.id,
    paymentIntent: charge.payment_intent ?? null,
    amount: wanted,
    currency: charge.currency,
    created: seconds(context.now()),
    status,
    reason: parameters.reason ?? null,
    metadata: parameters.metadata ?? {},
  });
  context.store.put({ ...refund }, context.store.visibilityOf(charge.id));
  return { ...refund };
}

function chargeOf(
  context: StripeContext,
  account: Owner,
  { charge, payment_intent: intent }: { charge?: string | undefined; payment_intent?: string | undefined },
): StripeObject {
  if (charge !== undefined) return requireObject(context, account, 'charge', charge, 'charge');
  if (intent === undefined) {
    const message =
      'One of the following params should be provided for this request: payment_intent or charge.';
    throw new StripeApiError(400, { code: 'parameter_missing', message });
  }
  const paid = requireObject(context, account, 'payment_intent', intent, 'payment_intent');
  const latest = paid['latest_charge'];
  if (typeof latest !== 'string') {
    const message = 'This PaymentIntent does not have a successful charge to refund.';
    throw new StripeApiError(400, { code: 'payment_intent_unexpected_state', message, executed: true });
  }
  return requireObject(context, account, 'charge', latest, 'charge');
}

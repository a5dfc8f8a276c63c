import { z } from 'zod';
import { amount, expandPaths, integer, metadata } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { url } from '../sessionParameters';
import { seconds } from '../seconds';
import { buildCheckoutSession } from '../shapes/buildCheckoutSession';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { liveCustomer } from './customers';
import { recurringPrice } from './priceFields';

const DAY = 24 * 60 * 60;

const parameters = z.strictObject({
  mode: z.literal('subscription'),
  allow_promotion_codes: z.enum(['true', 'false']).optional(),
  cancel_url: url.optional(),
  client_reference_id: z.string().min(1, { error: 'parameter_invalid_empty' }).max(200).optional(),
  customer: z.string().min(1, { error: 'parameter_invalid_empty' }),
  expand: expandPaths,
  expires_at: integer.optional(),
  line_items: z
    .array(z.strictObject({ price: z.string(), quantity: amount }))
    .min(1)
    .max(20),
  metadata: metadata.optional(),
  subscription_data: z
    .strictObject({ description: z.string().max(500).optional(), metadata: metadata.optional() })
    .optional(),
  success_url: url,
});

/**
 * POST /v1/checkout/sessions with mode `subscription`, for a customer and a price that exist.
 * @throws StripeApiError for parameters that Stripe refuses
 */
export function createSubscriptionSession(context: StripeContext, raw: unknown): StripeObject {
  const wanted = parseParameters(parameters, raw);
  const customer = liveCustomer(context, wanted.customer, 'customer');
  const [item] = wanted.line_items;
  if (item === undefined || wanted.line_items.length > 1)
    throw new StripeApiError(400, {
      message: 'the sandbox knows subscriptions of one price only',
      param: 'line_items',
    });
  const price = recurringPrice(context, item.price, 'line_items[0][price]');
  const created = seconds(context.now());
  const email = typeof customer['email'] === 'string' ? customer['email'] : null;
  const id = newStripeId('cs_test_a1');
  const session: StripeObject = {
    ...buildCheckoutSession({
      id,
      amount: price.amount * item.quantity,
      currency: price.currency,
      created,
      expiresAt: wanted.expires_at ?? created + DAY,
      successUrl: wanted.success_url,
      cancelUrl: wanted.cancel_url ?? null,
      clientReferenceId: wanted.client_reference_id ?? null,
      customerEmail: null,
      locale: null,
      metadata: wanted.metadata ?? {},
      paymentMethodTypes: ['card'],
    }),
    mode: 'subscription',
    allow_promotion_codes: wanted.allow_promotion_codes === 'true',
    customer: customer.id,
    customer_creation: null,
    customer_details: { address: null, email, name: null, phone: null, tax_exempt: 'none', tax_ids: [] },
    invoice_creation: null,
    payment_method_collection: 'always',
  };
  context.subscriptionData.set(id, {
    priceId: price.id,
    quantity: item.quantity,
    metadata: wanted.subscription_data?.metadata ?? {},
  });
  context.store.put(session, null);
  return session;
}

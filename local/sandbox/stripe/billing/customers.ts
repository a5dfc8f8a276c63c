import type Stripe from 'stripe';
import { z } from 'zod';
import { expandPaths, metadata } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { seconds } from '../seconds';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { cancelSubscription } from './subscriptions';

/** An empty string clears a field. */
const clearable = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text) => (text === '' ? null : text));

const email = z.union([z.literal('').transform(() => null), z.email({ error: 'email_invalid' }).max(512)]);

const fields = {
  description: clearable(350).optional(),
  email: email.optional(),
  metadata: metadata.optional(),
  name: clearable(256).optional(),
  phone: clearable(20).optional(),
};
const customerParameters = z.strictObject({ ...fields, expand: expandPaths });
const changeParameters = z.strictObject(fields);

/** POST /v1/customers. @throws StripeApiError for parameters that Stripe refuses */
export function createCustomer(context: StripeContext, raw: unknown): StripeObject {
  const {
    description,
    email: address,
    metadata: keys,
    name,
    phone,
  } = parseParameters(customerParameters, raw);
  const customer = {
    ...buildCustomer(newStripeId('cus_'), seconds(context.now())),
    description: description ?? null,
    email: address ?? null,
    metadata: keys ?? {},
    name: name ?? null,
    phone: phone ?? null,
  };
  context.store.put(customer, null);
  return customer;
}

/** POST /v1/customers/{id}: what is named is changed; metadata key by key. */
export function updateCustomer(context: StripeContext, id: string, raw: unknown): StripeObject {
  const known = liveCustomer(context, id);
  const { metadata: keys, ...wanted } = parseParameters(changeParameters, raw);
  const before = z.record(z.string(), z.string()).catch({}).parse(known['metadata']);
  return context.store.update(id, {
    ...wanted,
    ...(keys === undefined ? {} : { metadata: { ...before, ...keys } }),
  });
}

/** DELETE /v1/customers/{id}: ends what he subscribed to. What is left of him says no more than that. */
export function deleteCustomer(context: StripeContext, id: string): StripeObject {
  liveCustomer(context, id);
  for (const { id: subscription, customer, status } of context.store.list('subscription', null)) {
    if (customer === id && status !== 'canceled') cancelSubscription(context, subscription);
  }
  const deleted = { id, object: 'customer', deleted: true };
  context.store.put(deleted, null);
  return deleted;
}

/**
 * A customer who was not deleted.
 * @param param the parameter that named him; without it he is what the path asks for
 * @throws StripeApiError 404 resource_missing, or 400 where a parameter named him
 */
export function liveCustomer(context: StripeContext, id: string, param?: string): StripeObject {
  const known = context.store.get(id, null);
  if (known?.object === 'customer' && known['deleted'] !== true) return known;
  const message = `No such customer: '${id}'`;
  throw new StripeApiError(param === undefined ? 404 : 400, {
    code: 'resource_missing',
    message,
    param: param ?? 'id',
  });
}

function buildCustomer(id: string, created: number): Stripe.Customer & StripeObject {
  return {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

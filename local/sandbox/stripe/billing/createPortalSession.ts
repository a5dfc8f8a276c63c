import { z } from 'zod';
import { expandPaths } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { seconds } from '../seconds';
import { url } from '../sessionParameters';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { liveCustomer } from './customers';

const parameters = z.strictObject({
  configuration: z.string().optional(),
  customer: z.string().min(1, { error: 'parameter_invalid_empty' }),
  expand: expandPaths,
  return_url: url.optional(),
});

/** POST /v1/billing_portal/sessions. @throws StripeApiError for a customer who does not exist */
export function createPortalSession(context: StripeContext, raw: unknown): StripeObject {
  const wanted = parseParameters(parameters, raw);
  const customer = liveCustomer(context, wanted.customer, 'customer');
  const id = newStripeId('bps_1');
  return {
    id,
    object: 'billing_portal.session',
    after_expiration: null,
    configuration: wanted.configuration ?? 'bpc_1Sandbox',
    created: seconds(context.now()),
    customer: customer.id,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: wanted.return_url ?? null,
    url: `https://billing.stripe.com/p/session/${id}`,
  };
}

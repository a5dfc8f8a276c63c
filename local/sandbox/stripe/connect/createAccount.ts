import { z } from 'zod';
import { expandPaths, metadata } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { seconds } from '../seconds';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { buildAccount } from './buildAccount';

const requested = z.strictObject({ requested: z.enum(['true', 'false']) });

const accountParameters = z.strictObject({
  capabilities: z
    .strictObject({ card_payments: requested.optional(), transfers: requested.optional() })
    .optional(),
  country: z.string().length(2).default('GB'),
  email: z.email({ error: 'email_invalid' }).optional(),
  expand: expandPaths,
  metadata: metadata.optional(),
  type: z.enum(['express', 'standard']),
});

/**
 * POST /v1/accounts: a connected account of the platform.
 * @throws StripeApiError for parameters that Stripe refuses, or from an account that is no platform.
 */
export function createAccount(context: StripeContext, platform: Owner, raw: unknown): StripeObject {
  if (platform !== null) {
    throw new StripeApiError(400, { message: 'A connected account can not have connected accounts.' });
  }
  const parameters = parseParameters(accountParameters, raw);
  const wanted = Object.entries(parameters.capabilities ?? {}).filter(
    ([, capability]) => capability?.requested === 'true',
  );
  const account = buildAccount({
    id: newStripeId('acct_1'),
    country: parameters.country,
    email: parameters.email ?? null,
    type: parameters.type,
    created: seconds(context.now()),
    metadata: parameters.metadata ?? {},
    capabilities: wanted.map(([name]) => name),
  });
  context.store.put(account, null);
  return account;
}

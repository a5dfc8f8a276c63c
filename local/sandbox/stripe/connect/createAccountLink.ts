import { z } from 'zod';
import { requireObject } from '../api/requireObject';
import { expandPaths } from '../commonParameters';
import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { seconds } from '../seconds';
import { type StripeContext } from '../stripeContext';
import { type Owner } from '../stripeStore';

const url = z.url({ error: 'url_invalid' });

const linkParameters = z.strictObject({
  account: z.string(),
  expand: expandPaths,
  refresh_url: url,
  return_url: url,
  type: z.enum(['account_onboarding', 'account_update']),
});

/** A link opens Stripe's pages once, within minutes. Seconds. */
const LASTS = 5 * 60;

/**
 * POST /v1/account_links.
 * @throws StripeApiError 404 for an account that is not the platform's.
 */
export function createAccountLink(
  context: StripeContext,
  platform: Owner,
  raw: unknown,
): Record<string, unknown> {
  const { account } = parseParameters(linkParameters, raw);
  requireObject(context, platform, 'account', account, 'account');
  const created = seconds(context.now());
  return {
    object: 'account_link',
    created,
    expires_at: created + LASTS,
    url: `https://connect.stripe.example/setup/e/${account}/${newStripeId('req_').slice(4)}`,
  };
}

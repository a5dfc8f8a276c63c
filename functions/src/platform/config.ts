import { defineInt, defineSecret, defineString } from 'firebase-functions/params';
import { z } from 'zod';
import { isLocalStack } from './runtime';

/** Every secret and setting, declared once: a function binds the secrets that it needs, `loadConfig` reads them. */
export const params = {
  stripeSecretKey: defineSecret('STRIPE_SECRET_KEY'),
  stripeWebhookSecret: defineSecret('STRIPE_WEBHOOK_SECRET'),
  publicBaseUrl: defineString('PUBLIC_BASE_URL', {
    description:
      'Origin under which Firebase Hosting serves the web client and the webhooks, without a trailing slash.',
  }),
  platformFeeBasisPoints: defineInt('PLATFORM_FEE_BASIS_POINTS', {
    description: 'Fee that Recoup takes of a payment, in basis points (100 = 1 %).',
    default: 0,
  }),
};

const secretList = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(z.array(z.string().min(1, 'an empty secret in the list')).min(1));

const schema = z.object({
  stripeSecretKey: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, 'must start with sk_test_, sk_live_, rk_test_ or rk_live_'),
  stripeWebhookSecrets: secretList,
  publicBaseUrl: z.url().regex(/[^/]$/, 'must not end with a slash'),
  platformFeeBasisPoints: z.int().min(0).max(10_000),
  /** Where the providers' clients go instead of the real servers; only ever set on the local stack. */
  providerSandboxOrigin: z.url().optional(),
});

export type Config = z.infer<typeof schema> & {
  /** Whether we take real money; follows from the key, so that the two can not disagree. */
  readonly stripeLivemode: boolean;
};

/**
 * Reads and checks all settings. Throws one error that lists every fault, so that a deployment is mended in one go.
 * A secret that the calling function does not bind reads as missing: bind all that `params` holds, or read lazily.
 */
export function loadConfig(): Config {
  const result = schema.safeParse({
    stripeSecretKey: params.stripeSecretKey.value(),
    stripeWebhookSecrets: params.stripeWebhookSecret.value(),
    publicBaseUrl: params.publicBaseUrl.value(),
    platformFeeBasisPoints: params.platformFeeBasisPoints.value(),
    providerSandboxOrigin: isLocalStack() ? process.env['PROVIDER_SANDBOX_ORIGIN'] : undefined,
  });
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable. ${faults.join('; ')}`);
  }
  return { ...result.data, stripeLivemode: result.data.stripeSecretKey.includes('_live_') };
}

import { defineInt, defineSecret, defineString } from 'firebase-functions/params';
import * as z from 'zod';
import { hashKeysOf } from './hashKeys';
import { isLocalStack } from './runtime';

/** Every secret and setting, declared once: a function binds the secrets that it needs, `loadConfig` reads them. */
export const params = {
  stripeSecretKey: defineSecret('STRIPE_SECRET_KEY'),
  stripeWebhookSecret: defineSecret('STRIPE_WEBHOOK_SECRET'),
  twilioAccountSid: defineSecret('TWILIO_ACCOUNT_SID'),
  twilioAuthToken: defineSecret('TWILIO_AUTH_TOKEN'),
  sendgridApiKey: defineSecret('SENDGRID_API_KEY'),
  sendgridWebhookPublicKey: defineSecret('SENDGRID_WEBHOOK_PUBLIC_KEY'),
  clerkWebhookSecret: defineSecret('CLERK_WEBHOOK_SECRET'),
  addressHashKey: defineSecret('ADDRESS_HASH_KEY'),
  linkSigningKey: defineSecret('LINK_SIGNING_KEY'),
  contactKey: defineString('CONTACT_KEY', {
    description:
      'What wraps the keys of sealed contact data: a key of Cloud KMS (projects/…/cryptoKeys/…); empty: contact data can not be sealed.',
    default: '',
  }),
  publicBaseUrl: defineString('PUBLIC_BASE_URL', {
    description:
      'Origin under which Firebase Hosting serves the web client and the webhooks, without a trailing slash.',
  }),
  twilioFrom: defineString('TWILIO_FROM', {
    description: 'Number that text messages come from and that replies go to, E.164.',
  }),
  emailFrom: defineString('EMAIL_FROM', { description: 'Address that e-mails come from.' }),
  emailFromName: defineString('EMAIL_FROM_NAME', { description: 'Name that e-mails come from.' }),
  clerkIssuer: defineString('CLERK_ISSUER', {
    description:
      "Clerk's Frontend API URL, which its session tokens name; empty: nobody signs in with Clerk.",
    default: '',
  }),
  clerkJwtKey: defineString('CLERK_JWT_KEY', {
    description: "Clerk's JWT public keys, PEM, separated by commas.",
    default: '',
  }),
  clerkAuthorizedParties: defineString('CLERK_AUTHORIZED_PARTIES', {
    description: 'Origins whose session tokens are taken, separated by commas; empty: any.',
    default: '',
  }),
  smsPerSecond: defineInt('SMS_PER_SECOND', {
    description: 'Text messages that leave in a second, at the most.',
    default: 1,
  }),
  emailsPerSecond: defineInt('EMAILS_PER_SECOND', {
    description: 'E-mails that leave in a second, at the most.',
    default: 50,
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

/** A list that may be empty. */
const textList = z.string().transform((text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);

/** Secrets are optional here: a function is given only those that it binds, and asks for them with `secretOf`. */
const schema = z.object({
  stripeSecretKey: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, 'must start with sk_test_, sk_live_, rk_test_ or rk_live_')
    .optional(),
  stripeWebhookSecrets: secretList.optional(),
  twilioAccountSid: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits')
    .optional(),
  /** The first one signs our own requests; any of them may have signed a webhook. */
  twilioAuthTokens: secretList.optional(),
  sendgridApiKey: z.string().startsWith('SG.').optional(),
  /** P-256, SPKI, DER, base64; any of them may have signed a batch of events. */
  sendgridWebhookPublicKeys: secretList.optional(),
  clerkWebhookSecrets: secretList.optional(),
  /** Up to three `n:key`, the one that is written first; read with `hashKeysOf`. */
  addressHashKey: z
    .string()
    .superRefine((text, context) => {
      try {
        hashKeysOf(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'unusable' });
      }
    })
    .optional(),
  /** The first one signs links; a link that any of them signed is good. */
  linkSigningKeys: secretList.optional(),
  contactKey: z.union([
    z.literal(''),
    z.string().regex(/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/),
    // Only on the local stack (`providers/keys`).
    z.string().startsWith('file:'),
  ]),
  clerkIssuer: z.union([z.literal(''), z.url()]),
  clerkJwtKeys: textList,
  clerkAuthorizedParties: textList,
  twilioFrom: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 form'),
  emailFrom: z.email(),
  emailFromName: z.string().min(1),
  publicBaseUrl: z.url().regex(/[^/]$/, 'must not end with a slash'),
  platformFeeBasisPoints: z.int().min(0).max(10_000),
  /** Where the providers' clients go instead of the real servers; only ever set on the local stack. */
  providerSandboxOrigin: z.url().optional(),
});

export type Config = z.infer<typeof schema>;

/** Reads and checks all settings. Throws one error that lists every fault, so that they are mended in one go. */
export function loadConfig(): Config {
  const result = schema.safeParse({
    stripeSecretKey: bound(params.stripeSecretKey),
    stripeWebhookSecrets: bound(params.stripeWebhookSecret),
    twilioAccountSid: bound(params.twilioAccountSid),
    twilioAuthTokens: bound(params.twilioAuthToken),
    sendgridApiKey: bound(params.sendgridApiKey),
    sendgridWebhookPublicKeys: bound(params.sendgridWebhookPublicKey),
    clerkWebhookSecrets: bound(params.clerkWebhookSecret),
    addressHashKey: bound(params.addressHashKey),
    linkSigningKeys: bound(params.linkSigningKey),
    contactKey: params.contactKey.value(),
    clerkIssuer: params.clerkIssuer.value(),
    clerkJwtKeys: params.clerkJwtKey.value(),
    clerkAuthorizedParties: params.clerkAuthorizedParties.value(),
    twilioFrom: params.twilioFrom.value(),
    emailFrom: params.emailFrom.value(),
    emailFromName: params.emailFromName.value(),
    publicBaseUrl: params.publicBaseUrl.value(),
    platformFeeBasisPoints: params.platformFeeBasisPoints.value(),
    providerSandboxOrigin: isLocalStack() ? process.env['PROVIDER_SANDBOX_ORIGIN'] : undefined,
  });
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable. ${faults.join('; ')}`);
  }
  return result.data;
}

/** A secret's value, if this function binds it. Asking for one that it does not would log a warning each time. */
function bound(secret: ReturnType<typeof defineSecret>): string | undefined {
  return process.env[secret.name] === undefined ? undefined : secret.value();
}

type SecretName =
  | 'stripeSecretKey'
  | 'stripeWebhookSecrets'
  | 'twilioAccountSid'
  | 'twilioAuthTokens'
  | 'sendgridApiKey'
  | 'sendgridWebhookPublicKeys'
  | 'clerkWebhookSecrets'
  | 'addressHashKey'
  | 'linkSigningKeys';

/**
 * A secret that this function can not work without.
 *
 * @throws Error when the function does not bind it (see index.ts) or the deployment has none
 */
export function secretOf<K extends SecretName>(config: Config, name: K): NonNullable<Config[K]> {
  const value = config[name];
  if (value === undefined)
    throw new Error(`The secret ${name} is not bound to this function, or has no value.`);
  return value;
}

/** How session tokens of Clerk are known; null where Clerk is not set up. */
export function clerkTokensOf({ clerkIssuer, clerkJwtKeys, clerkAuthorizedParties }: Config) {
  if (clerkIssuer === '' || clerkJwtKeys.length === 0) return null;
  return { issuer: clerkIssuer, keys: clerkJwtKeys, authorizedParties: clerkAuthorizedParties };
}

/** Whether we take real money; follows from the key, so that the two can not disagree. */
export function takesRealMoney(config: Config): boolean {
  return secretOf(config, 'stripeSecretKey').includes('_live_');
}

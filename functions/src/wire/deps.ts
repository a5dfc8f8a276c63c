import { systemClock } from '../platform/clock';
import { type Config, loadConfig, secretOf } from '../platform/config';
import { systemRandom } from '../platform/random';
import { IdentityGateway } from '../providers/auth/identityGateway';
import { EmailGateway } from '../providers/sendgrid/emailGateway';
import { ConnectGateway } from '../providers/stripe/connectGateway';
import { StripeGateway } from '../providers/stripe/stripeGateway';
import { TaskQueues } from '../providers/tasks/taskQueues';
import { SmsGateway } from '../providers/twilio/smsGateway';
import { type Deps } from '../usecases/deps';

async function build(): Promise<Deps> {
  const [{ getApps, initializeApp }, { getFirestore }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/firestore'),
  ]);
  const config = loadConfig();
  const app = getApps()[0] ?? initializeApp();
  return {
    db: getFirestore(app),
    clock: systemClock,
    random: systemRandom,
    config,
    ...providers(config),
    identity: new IdentityGateway(memoised(async () => (await import('firebase-admin/auth')).getAuth(app))),
    queues: new TaskQueues(
      memoised(async () => (await import('firebase-admin/functions')).getFunctions(app)),
    ),
  };
}

/** The providers' clients are loaded by the functions that use them, when they do. */
function providers(config: Config): Pick<Deps, 'stripe' | 'connect' | 'sms' | 'email'> {
  const { providerSandboxOrigin: sandbox } = config;
  const stripe = memoised(async () => {
    const { createStripeClient } = await import('../providers/stripe/createStripeClient.js');
    return createStripeClient(secretOf(config, 'stripeSecretKey'), sandbox);
  });
  return {
    stripe: new StripeGateway(stripe),
    connect: new ConnectGateway(stripe),
    sms: new SmsGateway(
      memoised(async () => {
        const { createTwilioClient } = await import('../providers/twilio/createTwilioClient.js');
        const [token = ''] = secretOf(config, 'twilioAuthTokens');
        return createTwilioClient(secretOf(config, 'twilioAccountSid'), token, sandbox);
      }),
      config.twilioFrom,
    ),
    email: new EmailGateway(
      memoised(async () => {
        const { createMailService } = await import('../providers/sendgrid/createMailService.js');
        return createMailService(secretOf(config, 'sendgridApiKey'), sandbox);
      }),
      { email: config.emailFrom, name: config.emailFromName },
    ),
  };
}

/**
 * Makes something once for this instance. The promise is kept, not a flag, so that a burst at a cold start makes it
 * once; a failed one is let go, so that the next request tries again.
 */
function memoised<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}

/** The instance's dependencies. */
export const deps: () => Promise<Deps> = memoised(build);

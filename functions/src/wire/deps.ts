import { systemClock } from '../platform/clock';
import { loadConfig, secretOf } from '../platform/config';
import { systemRandom } from '../platform/random';
import { createStripeClient } from '../providers/stripe/createStripeClient';
import { StripeGateway } from '../providers/stripe/stripeGateway';
import { type Deps } from '../usecases/deps';

async function build(): Promise<Deps> {
  const [{ getApps, initializeApp }, { getFirestore }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/firestore'),
  ]);
  const config = loadConfig();
  let stripe: ReturnType<typeof createStripeClient> | undefined;
  return {
    db: getFirestore(getApps()[0] ?? initializeApp()),
    clock: systemClock,
    random: systemRandom,
    config,
    stripe: new StripeGateway(
      () =>
        (stripe ??= createStripeClient(secretOf(config, 'stripeSecretKey'), config.providerSandboxOrigin)),
    ),
  };
}

let built: Promise<Deps> | undefined;

/**
 * The instance's dependencies. The promise is kept, not a flag, so that a burst at a cold start builds them once; a
 * failed one is let go, so that the next request tries again.
 */
export function deps(): Promise<Deps> {
  built ??= build().catch((error: unknown) => {
    built = undefined;
    throw error;
  });
  return built;
}

/** Longest wait for one answer. Webhooks are answered within seconds, so a slow Stripe counts as one that is down. */
const TIMEOUT_MS = 8_000;

/** The API version that the library was written for and that our own requests ask for. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** The library ships two sets of types and a dynamic import picks its own: this names what the import gives. */
export type StripeClient = Awaited<ReturnType<typeof createStripeClient>>;

/**
 * The real client. It never retries by itself: our own retries are recorded, and count.
 *
 * @param sandboxOrigin where to go instead of Stripe; only ever set on the local stack
 */
export async function createStripeClient(secretKey: string, sandboxOrigin: string | undefined) {
  const { default: StripeClient } = await import('stripe');
  const sandbox = sandboxOrigin === undefined ? null : new URL(sandboxOrigin);
  return new StripeClient(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
    ...(sandbox === null ? {} : { host: sandbox.hostname, port: sandbox.port, protocol: 'http' as const }),
  });
}

import { PermanentFailure, TransientFailure } from '../../platform/errors';
import { type StripeClient } from './createStripeClient';

/**
 * Runs one call to Stripe and turns its errors into ours. Temporary: no connection, a time-out, 409 (the same
 * idempotency key is in flight), 429, 5xx, and a refused key, which an operator mends. For good: everything else that
 * Stripe refuses, such as an object that does not exist or an account that has left us.
 */
export async function stripeCall<T>(
  client: () => Promise<StripeClient>,
  call: (stripe: StripeClient) => Promise<T>,
): Promise<T> {
  try {
    return await call(await client());
  } catch (error) {
    const status = httpStatus(error);
    const temporary =
      status === undefined || status === 401 || status === 409 || status === 429 || status >= 500;
    if (temporary) {
      throw new TransientFailure('stripe_unavailable', 'Stripe can not be asked right now.', {
        cause: error,
      });
    }
    const code = status === 404 ? 'stripe_not_found' : 'stripe_refused';
    throw new PermanentFailure(code, 'Stripe refused the request.', { cause: error });
  }
}

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

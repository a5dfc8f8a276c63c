import { present } from '../present';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { requireObject } from './requireObject';

/**
 * POST /v1/checkout/sessions/{id}/expire.
 * @throws StripeApiError 400 unless the session is open.
 */
export function expireSession(context: StripeContext, account: Owner, id: string): StripeObject {
  const session = present(
    context.store,
    requireObject(context, account, 'checkout.session', id),
    context.now(),
  );
  if (session['status'] !== 'open') {
    throw new StripeApiError(400, {
      message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${String(session['status'])}\`.`,
      executed: true,
    });
  }
  return context.store.update(id, { status: 'expired', url: null });
}

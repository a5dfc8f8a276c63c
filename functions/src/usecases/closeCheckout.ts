import { type Invoice } from '../domain/invoice/invoice';
import { PermanentFailure } from '../platform/errors';
import { type CheckoutSession } from '../providers/stripe/stripeGateway';
import { type Deps } from './deps';
import { type ReservedCheckout, sessionOf } from './sessionOf';

/**
 * Closes at Stripe what an invoice has promised, so that it can not be paid any more.
 *
 * @returns the session as it is then, `complete` when it was paid before it could be closed; null when there is none
 */
export async function closeCheckout(
  deps: Deps,
  invoiceId: string,
  invoice: Invoice,
  reserved: ReservedCheckout,
): Promise<CheckoutSession | null> {
  const sessionId = reserved.sessionId ?? (await unnotedSession(deps, invoiceId, invoice, reserved));
  return sessionId === null
    ? null
    : deps.stripe.expireCheckoutSession(sessionId, reserved.stripeAccountId ?? null);
}

/**
 * The session of a reservation whose maker stopped half-way. Asking for it again gives the one that exists; if none
 * was made and Stripe will not make one so late, there is none to close.
 */
async function unnotedSession(
  deps: Deps,
  invoiceId: string,
  invoice: Invoice,
  reserved: ReservedCheckout,
): Promise<string | null> {
  try {
    return (await sessionOf(deps, invoiceId, invoice, reserved)).sessionId;
  } catch (error) {
    if (error instanceof PermanentFailure) return null;
    throw error;
  }
}

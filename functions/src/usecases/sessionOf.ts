import { type Checkout, type Invoice } from '../domain/invoice/invoice';
import { type CheckoutSession } from '../providers/stripe/stripeGateway';
import { type Deps } from './deps';

/** A Checkout Session that is promised on the invoice; it may or may not exist at Stripe yet. */
export type ReservedCheckout = Checkout & { readonly expiresAt: Date };

/**
 * The session of a reservation as Stripe has it now. One whose id we do not know is made: the idempotency key follows
 * from the reservation, so if it was made before (and the answer lost) the same one comes back.
 */
export async function sessionOf(
  deps: Deps,
  invoiceId: string,
  invoice: Invoice,
  reserved: ReservedCheckout,
): Promise<CheckoutSession> {
  const account = reserved.stripeAccountId ?? null;
  if (reserved.sessionId !== null) return deps.stripe.checkoutSession(reserved.sessionId, account);
  return deps.stripe.createCheckoutSession(
    {
      invoiceId,
      freelancerId: invoice.freelancerId,
      reference: invoice.reference,
      amount: reserved.amount,
      currency: invoice.currency,
      fee: reserved.fee,
      expiresAt: reserved.expiresAt,
      returnUrl: `${deps.config.publicBaseUrl}/pay/${invoiceId}`,
      idempotencyKey: `cs_${invoiceId}_${reserved.generation}`,
    },
    account,
  );
}

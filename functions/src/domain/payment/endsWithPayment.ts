import { type Changes } from '../changes';
import { type InvoiceState } from './invoiceConsequences';

type Ends = Pick<Changes, 'checkoutExpiry'> & { readonly fields: { readonly checkout?: Checkout } };
type Checkout = NonNullable<InvoiceState['invoice']['checkout']>;

/**
 * What becomes of an invoice's Checkout Session when money arrives for it: the one that was paid is over; another that
 * is still open asks for what is no longer owed, and is closed.
 *
 * @param paidSessionId the session that was paid; null when it is not known, or none was
 */
export function checkoutEnd({ invoice: { checkout } }: InvoiceState, paidSessionId: string | null): Ends {
  if (checkout?.sessionId == null) return { fields: {} };
  const { sessionId, stripeAccountId = null } = checkout;
  const fields = { checkout: { ...checkout, sessionId: null, expiresAt: null } };
  return sessionId === paidSessionId
    ? { fields }
    : { fields, checkoutExpiry: { sessionId, stripeAccountId } };
}

/** Payment claims of the debtor that are answered by the invoice being paid. */
export function claimsEnd(pendingClaims: readonly string[]): Pick<Changes, 'resolvedClaims'> & {
  readonly fields: { readonly paymentClaimStatus?: string };
} {
  if (pendingClaims.length === 0) return { fields: {} };
  return { fields: { paymentClaimStatus: 'resolved' }, resolvedClaims: pendingClaims };
}

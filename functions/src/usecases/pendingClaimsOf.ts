import { type Firestore } from 'firebase-admin/firestore';
import * as z from 'zod';
import { type InvoiceState } from '../domain/payment/invoiceConsequences';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';

const claimSchema = z.object({ status: z.string() });

/** A debtor may claim at most twice that an invoice is paid. */
const CLAIM_NUMBERS = [1, 2] as const;

/** Ids of the debtor's claims on this invoice that nobody has answered. Reads them only if the invoice says so. */
export async function pendingClaimsOf(
  db: Firestore,
  unit: UnitOfWork,
  state: InvoiceState,
): Promise<string[]> {
  if (state.invoice.paymentClaimStatus !== 'pending_verification') return [];
  const refs = CLAIM_NUMBERS.map((n) => collections.paymentClaim(db, `${state.id}_${n}`));
  const claims = await unit.read(...refs);
  return claims
    .filter((doc) => decode(claimSchema, doc)?.status === 'pending_verification')
    .map((doc) => doc.id);
}

import * as z from 'zod';
import { pii, plain } from '../contact/pii';
import { claimRejections } from '../messages/templates/claimRejection';

export const claimMethods = ['bank_transfer', 'cash', 'cheque'] as const;

/**
 * pending_verification → verified or rejected by the freelancer; `resolved`: answered by a payment or by the end of the
 * invoice; `expired`: nobody answered in time.
 */
export const claimStatuses = ['pending_verification', 'verified', 'rejected', 'resolved', 'expired'] as const;

/** `payment_claims/{invoiceId_n}`: a debtor's word that he has paid. */
export const paymentClaimSchema = z.object({
  invoiceId: plain(z.string()),
  freelancerId: plain(z.string()),
  /**
   * Lower case, verified: by it, or by its hash once it is sealed, the debtor may read what he has
   * said; null once it is erased.
   */
  clientEmail: pii('email', z.string().nullish()),
  /** Minor units. */
  amount: z.int().positive(),
  currency: plain(z.string()),
  method: z.enum(claimMethods),
  /** The day on which it was paid, as the debtor says. */
  paidOn: plain(z.string().nullish()),
  reference: plain(z.string().nullish()),
  status: z.enum(claimStatuses),
  verificationDeadline: z.date(),
  /** Hours before the deadline of the last reminder to the freelancer. */
  reminded: z.int().nullish(),
  verifiedAmount: z.int().nullish(),
  rejectionReason: z.enum(claimRejections).nullish(),
  resolvedBy: z.enum(['payment', 'cancellation']).nullish(),
  answeredAt: z.date().nullish(),
  createdAt: z.date(),
});

export type PaymentClaim = z.infer<typeof paymentClaimSchema>;

/** What a debtor may say at most on one invoice. */
export const MOST_CLAIMS = 2;

/** The id of the n-th claim on an invoice, from 1. */
export function claimIdOf(invoiceId: string, n: number): string {
  return `${invoiceId}_${n}`;
}

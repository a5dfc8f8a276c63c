import * as z from 'zod';

/** Why a payment was taken but not applied to an invoice. */
export const unappliedReasons = [
  'unknown_invoice',
  'invoice_cancelled',
  'invoice_not_sent',
  'currency_mismatch',
  'freelancer_mismatch',
  'account_mismatch',
  'livemode_mismatch',
] as const;

export type UnappliedReason = (typeof unappliedReasons)[number];

/** Ways to pay that we hear of from people alone. */
export const manualMethods = ['bank_transfer', 'cash', 'cheque', 'other'] as const;

/** One card dispute of a payment, as far as we have seen it. */
export const disputeSchema = z.object({ status: z.string(), amount: z.int().nonnegative() });

/** `transactions/{pi_…, or manual_…}`: the absolute facts of one payment. */
export const transactionSchema = z.object({
  invoiceId: z.string().nullable(),
  freelancerId: z.string().nullable(),
  kind: z.literal('payment'),
  amount: z.int(),
  refunded: z.int().default(0),
  disputed: z.int().default(0),
  currency: z.string(),
  status: z.enum(['pending', 'completed', 'failed', 'refunded', 'disputed']),
  applied: z.boolean(),
  reason: z.enum(unappliedReasons).optional(),
  stripePaymentIntentId: z.string().nullish(),
  /** The connected account that holds the money; null for the platform's own. */
  stripeAccountId: z.string().nullish(),
  /** How it was paid, as a person has told us; only on what did not come through Stripe. */
  method: z.enum(manualMethods).nullish(),
  /** The day on which it was paid, as that person says. */
  paidOn: z.string().nullish(),
  /** A refund of this payment failed once: from then on only Stripe itself says how much was given back. */
  refundFailed: z.boolean().default(false),
  disputes: z.record(z.string(), disputeSchema).default({}),
  /** What an operator has made of a payment that could not be applied; null until then. */
  resolution: z
    .object({
      kind: z.enum(['applied', 'refunded_elsewhere']),
      invoiceId: z.string().nullable(),
      /** The operator's uid. */
      by: z.string(),
      reason: z.string(),
      at: z.date(),
    })
    .nullish(),
  createdAt: z.date(),
  updatedAt: z.date().optional(),
});

export type Transaction = z.infer<typeof transactionSchema>;

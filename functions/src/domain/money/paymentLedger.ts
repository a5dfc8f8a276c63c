import * as z from 'zod';

/**
 * What an invoice knows of each payment that is applied to it. Kept on the invoice itself, so that one document holds
 * all that its status depends on, and one write precondition guards it.
 */
export const ledgerEntrySchema = z.object({
  /** Minor units received. */
  amount: z.int().nonnegative(),
  /** Minor units given back by refunds that have not failed. */
  refunded: z.int().nonnegative(),
  /** Minor units under an open card dispute, or lost in one. */
  disputed: z.int().nonnegative(),
  disputeOpen: z.boolean(),
});

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Applied payments of one invoice by transaction id. */
export type PaymentLedger = Readonly<Record<string, LedgerEntry>>;

/** Sums over a ledger, in minor units. `net` is what the freelancer keeps. */
export function ledgerTotals(ledger: PaymentLedger): {
  paid: number;
  refunded: number;
  net: number;
  disputeOpen: boolean;
} {
  let paid = 0;
  let refunded = 0;
  let disputed = 0;
  let disputeOpen = false;
  for (const entry of Object.values(ledger)) {
    paid += entry.amount;
    refunded += entry.refunded;
    disputed += entry.disputed;
    disputeOpen ||= entry.disputeOpen;
  }
  return { paid, refunded, net: paid - refunded - disputed, disputeOpen };
}

import * as z from 'zod';
import { pii, plain } from '../contact/pii';
import { ledgerEntrySchema } from '../money/paymentLedger';
import { dunningLevels } from './dunningLevels';

export const invoiceStatuses = [
  'draft',
  'sent',
  'overdue',
  'in_collections',
  'paid',
  'disputed',
  'cancelled',
  'refunded',
] as const;

/** The open Checkout Session of an invoice. Written by the server alone. */
export const checkoutSchema = z.object({
  /** Null while the session is being made, and after it was paid or closed. */
  sessionId: plain(z.string().nullable()),
  /** Minor units that the session asks for. */
  amount: z.int(),
  expiresAt: z.date().nullable(),
  /** Rises by one with each new session; part of Stripe's idempotency key. */
  generation: z.int().nonnegative(),
  /** Recoup's fee in minor units, fixed with the session, whatever the policy becomes. */
  fee: z.int().nonnegative().default(0),
  /** The connected account on which it was made; null for the platform's own. */
  stripeAccountId: plain(z.string().nullish()),
});

export type Checkout = z.infer<typeof checkoutSchema>;

/** What the debtor finds wrong with an invoice, in his words; the latest one. */
export const debtorDisputeSchema = z.object({
  /** Counts the disputes of this invoice. */
  n: z.int().positive(),
  reason: plain(z.string()),
  openedAt: z.date(),
  closedAt: z.date().nullable(),
});

export type DebtorDispute = z.infer<typeof debtorDisputeSchema>;

/** `invoices/{id}`: the fields that the server reads. Others are kept as they are. */
export const invoiceSchema = z.object({
  reference: plain(z.string().default('')),
  freelancerId: plain(z.string()),
  clientId: plain(z.string().nullish()),
  clientName: plain(z.string().nullish()),
  /** In the clear or sealed; sealed, its hash finds it and its mask is shown. */
  clientEmail: pii('email', z.string().nullish()),
  clientPhone: pii('sms', z.string().nullish()),
  clientEmailHash: plain(z.string().nullish()),
  clientPhoneHash: plain(z.string().nullish()),
  amount: z.int(),
  amountPaid: z.int().default(0),
  amountRefunded: z.int().default(0),
  currency: plain(z.string().toUpperCase()),
  status: z.enum(invoiceStatuses),
  dueDate: plain(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .nullish(),
  ),
  collectionsEnabled: z.boolean().nullish(),
  escalationLevel: z.enum(dunningLevels).nullish(),
  nextActionAt: z.date().nullish(),
  /** How often in a row the chase could not look at it, and why not; null once it could. */
  escalationError: z.object({ count: z.int(), code: plain(z.string()) }).nullish(),
  /** The page of a run that looked at it last, and what that came to. */
  escalationRun: z.object({ page: plain(z.string()), outcome: plain(z.string()) }).nullish(),
  paymentClaimStatus: plain(z.string().nullish()),
  /** The mark of a dispute that the debtor opened with us; a bank's stands in the ledger. */
  disputedBy: z.literal('debtor').nullish(),
  dispute: debtorDisputeSchema.nullish(),
  sentAt: z.date().nullish(),
  paidAt: z.date().nullish(),
  checkout: checkoutSchema.nullish(),
  payments: z.record(plain(z.string()), ledgerEntrySchema).optional(),
});

export type Invoice = z.infer<typeof invoiceSchema>;
export type InvoiceStatus = Invoice['status'];

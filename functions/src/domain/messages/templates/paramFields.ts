import * as z from 'zod';
import { unappliedReasons } from '../../payment/transaction';
import { claimRejections } from './claimRejection';

const amount = z.int().nonnegative();
const currency = z.string().regex(/^[A-Z]{3}$/);
const day = z.iso.date();
const reference = z.string();
const clientName = z.string().nullable();
const businessName = z.string().nullable();

/** What the parameters of templates are made of: flat, minor units, days of the calendar in London. */
export const paramFields = {
  amount,
  currency,
  day,
  reference,
  clientName,
  /** One invoice, as its debtor is told of it. */
  toDebtor: { clientName, businessName, reference },
  /** One invoice, as its freelancer is told of it. */
  toFreelancer: { clientName, reference },
  sum: { amount, currency },
  /**
   * What the Late Payment of Commercial Debts (Interest) Act 1998 gives, as computed when the message was written.
   * Interest and compensation are null where they do not apply.
   */
  statutory: {
    /** Minor units. */
    statutoryInterest: amount.nullable(),
    /** Minor units. */
    compensation: amount.nullable(),
    /** Per cent a year, such as '11.75'. */
    rate: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,4})?$/)
      .nullable(),
    /** True: the freelancer charges them, so they are part of what is asked; `amount` never contains them. */
    chargesStatutory: z.boolean(),
  },
  claimMethod: z.enum(['bank_transfer', 'cash', 'cheque']),
  claimRejection: z.enum(claimRejections),
  unappliedReason: z.enum(unappliedReasons),
  plan: z.enum(['free', 'starter', 'growth', 'pro']),
} as const;

import * as z from 'zod';
import { isCalendarDay } from '../londonDay';
import { frequencies } from './periods';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isCalendarDay, 'not a day of the calendar');

/** `recurring_invoices/{id}`: what an invoice is made from, again and again. */
export const recurringInvoiceSchema = z.object({
  freelancerId: z.string(),
  clientId: z.string(),
  clientName: z.string().nullish(),
  /** Minor units of each invoice. */
  amount: z.int().min(1).max(100_000_000),
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  /** Shown to people; kept as they are. */
  items: z.array(z.unknown()).default([]),
  frequency: z.enum(frequencies),
  /** 1 to 31; null: the day of the month of `nextInvoiceDate`. */
  anchorDay: z.int().min(1).max(31).nullish(),
  /** The day on which the next period begins. */
  nextInvoiceDate: day,
  /** No period begins after this day. */
  endDate: day.nullish(),
  /** Days to pay, from the day on which an invoice is made. */
  dueDays: z.int().min(0).max(365).default(14),
  autoSend: z.boolean().default(false),
  collectionsEnabled: z.boolean().nullish(),
  status: z.enum(['active', 'paused', 'completed', 'cancelled']),
  /** How many invoices were made of it. */
  invoicesMade: z.int().default(0),
});

export type RecurringInvoice = z.infer<typeof recurringInvoiceSchema>;

/** `invoice_sequences/{uid}`: the number that a freelancer's latest invoice got from us. */
export const invoiceSequenceSchema = z.object({ last: z.int() });

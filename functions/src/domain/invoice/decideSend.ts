import { isCalendarDay, startOfNextLondonDay } from '../londonDay';
import { type OutboxItem } from '../messages/outboxItem';
import { type Client } from '../client/client';
import { type Freelancer } from '../payment/decidePayment';
import { hasOwnIds } from './hasOwnIds';
import { type Invoice, type InvoiceStatus } from './invoice';
import { statusByDate } from './settleInvoice';

/** Largest amount of an invoice, minor units: a million in the major unit. */
const MOST_AMOUNT = 100_000_000;

/** What sending an invoice writes, or why it can not be sent. */
export type SendDecision =
  | { readonly kind: 'refused'; readonly reason: string }
  /** Sent before: asking twice is not an error, and sends nothing twice. */
  | { readonly kind: 'already_sent'; readonly status: InvoiceStatus }
  | {
      readonly kind: 'send';
      readonly status: InvoiceStatus;
      readonly fields: Readonly<Record<string, string | number | Date | null>>;
      readonly message: OutboxItem & { readonly invoiceId: string; readonly freelancerId: string };
    };

/**
 * Sends a draft: it gets the client's contact data as they are now, the status that the date gives, and the moment at
 * which the chase looks at it first. The invoice itself goes out as a message that the debtor is owed, not as a
 * reminder.
 */
export function decideSend(
  invoiceId: string,
  invoice: Invoice,
  client: Client | null,
  freelancer: Freelancer,
  now: Date,
): SendDecision {
  if (invoice.status === 'cancelled') return refused('A cancelled invoice can not be sent.');
  if (invoice.status !== 'draft') return { kind: 'already_sent', status: invoice.status };
  if (!hasOwnIds(invoiceId))
    return refused('The id of this draft is not free. Copy it to a new draft first.');
  if (freelancer.canCharge === false) {
    return refused(
      'Your Stripe account can not take payments yet. Finish its set-up, then send the invoice.',
    );
  }
  if (client === null) return refused('Choose a client of yours first.');
  if (client.email == null || client.email === '') return refused('The client has no e-mail address.');
  if (invoice.amount < 1 || invoice.amount > MOST_AMOUNT)
    return refused('The amount must be between 0.01 and 1,000,000.');
  if (!/^[A-Z]{3}$/.test(invoice.currency)) return refused('The currency must be three letters.');
  if (invoice.dueDate == null) return refused('The invoice has no due date.');
  if (!isCalendarDay(invoice.dueDate)) return refused('The due date is not a day of the calendar.');
  const status = statusByDate({ dueDate: invoice.dueDate, escalationLevel: null }, now);
  return {
    kind: 'send',
    status,
    fields: {
      status,
      currency: invoice.currency,
      clientName: client.name ?? null,
      clientEmail: client.email,
      clientPhone: client.phone ?? null,
      amountPaid: 0,
      amountRefunded: 0,
      escalationLevel: 'pending',
      sentAt: now,
      nextActionAt: status === 'sent' ? startOfNextLondonDay(invoice.dueDate) : now,
      updatedAt: now,
    },
    message: {
      id: `invoice_${invoiceId}`,
      channel: 'email',
      template: 'invoice',
      invoiceId,
      freelancerId: invoice.freelancerId,
      to: client.email,
      params: {
        clientName: client.name ?? null,
        businessName: freelancer.businessName,
        reference: invoice.reference,
        amount: invoice.amount,
        currency: invoice.currency,
        dueDate: invoice.dueDate,
      },
    },
  };
}

function refused(reason: string): SendDecision {
  return { kind: 'refused', reason };
}

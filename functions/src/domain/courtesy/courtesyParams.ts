import { amountLeft } from '../invoice/amountLeft';
import { type Invoice } from '../invoice/invoice';
import { type MessageParams } from '../messages/outboxRow';

/** The values of a courtesy note, as they are now. */
export function courtesyParams(invoice: Invoice, businessName: string | null): MessageParams {
  return {
    clientName: invoice.clientName ?? null,
    businessName,
    reference: invoice.reference,
    amount: amountLeft(invoice),
    currency: invoice.currency,
    dueDate: invoice.dueDate ?? null,
  };
}

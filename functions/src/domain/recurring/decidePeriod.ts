import { type Invoice } from '../invoice/invoice';
import { dayAfter, londonDay } from '../londonDay';
import { dayOfMonth, nextPeriodStart } from './periods';
import { type RecurringInvoice } from './recurringInvoice';

/** What is to be done about a recurring invoice now. */
export type PeriodDecision =
  /** No period has begun, or it is paused or over. */
  | { readonly kind: 'nothing_due' }
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'make';
      readonly periodStart: string;
      readonly periodEnd: string;
      /** How the template moves on, in the same commit. */
      readonly next: {
        readonly nextInvoiceDate: string;
        readonly anchorDay: number;
        readonly lastPeriod: string;
        readonly status: 'active' | 'completed';
      };
    };

/** The period of a recurring invoice that is to be made next, if it has begun. */
export function decidePeriod(template: RecurringInvoice, now: Date): PeriodDecision {
  const { nextInvoiceDate: periodStart, endDate, frequency } = template;
  if (template.status !== 'active') return { kind: 'nothing_due' };
  if (endDate != null && periodStart > endDate) return { kind: 'complete' };
  if (periodStart > londonDay(now)) return { kind: 'nothing_due' };
  const anchorDay = template.anchorDay ?? dayOfMonth(periodStart);
  const nextInvoiceDate = nextPeriodStart(frequency, periodStart, anchorDay);
  return {
    kind: 'make',
    periodStart,
    periodEnd: dayAfter(nextInvoiceDate, -1),
    next: {
      nextInvoiceDate,
      anchorDay,
      lastPeriod: periodStart,
      status: endDate != null && nextInvoiceDate > endDate ? 'completed' : 'active',
    },
  };
}

/** The id of the invoice of a period: made again, it is the same one. */
export function recurringInvoiceId(templateId: string, periodStart: string): string {
  return `rec_${templateId}_${periodStart}`;
}

/** The number of an invoice as people see it. */
export function invoiceReference(number: number): string {
  return `REC-${String(number).padStart(4, '0')}`;
}

/**
 * The invoice of a period, as a draft. It is dated the day on which it is made, and the time to pay runs from there: a
 * debtor is not late because we were.
 */
export function draftOf(
  template: RecurringInvoice,
  reference: string,
  now: Date,
): Invoice & { readonly issueDate: string; readonly dueDate: string } {
  const issueDate = londonDay(now);
  return {
    reference,
    freelancerId: template.freelancerId,
    clientId: template.clientId,
    // Rules let a freelancer change a draft only while its fields have their types: what is not known is left out.
    ...(template.clientName == null ? {} : { clientName: template.clientName }),
    ...(template.collectionsEnabled == null ? {} : { collectionsEnabled: template.collectionsEnabled }),
    amount: template.amount,
    amountPaid: 0,
    amountRefunded: 0,
    currency: template.currency.toUpperCase(),
    status: 'draft',
    issueDate,
    dueDate: dayAfter(issueDate, template.dueDays),
  };
}

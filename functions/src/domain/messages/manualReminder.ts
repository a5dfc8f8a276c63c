import { amountLeft } from '../invoice/amountLeft';
import { type DunningLevel } from '../invoice/dunningLevels';
import { type Invoice } from '../invoice/invoice';
import { dayAfter, londonDay } from '../londonDay';
import { type OutboxItem } from './outboxItem';

/** Days that a final notice gives to pay. */
const DAYS_TO_PAY = 7;

/**
 * The wording of a reminder that a freelancer asks for by hand: that of the level that the chase has reached. Of no
 * level itself, so that it neither moves the chase nor is dropped when the chase moves. It names no interest: that is
 * for the chase to compute.
 */
export function manualReminder(
  invoice: Invoice,
  level: DunningLevel,
  businessName: string | null,
  now: Date,
): Pick<OutboxItem, 'template' | 'params'> {
  const common = {
    clientName: invoice.clientName ?? null,
    businessName,
    reference: invoice.reference,
    amount: amountLeft(invoice),
    currency: invoice.currency,
    dueDate: invoice.dueDate ?? londonDay(now),
  };
  const noInterest = { statutoryInterest: null, compensation: null, rate: null, chargesStatutory: false };
  switch (level) {
    case 'pending':
    case 'gentle':
      return { template: 'gentle', params: common };
    case 'firm':
      return { template: 'firm', params: { ...common, ...noInterest } };
    case 'final':
    case 'agency':
      return {
        template: 'final',
        params: { ...common, ...noInterest, payBy: dayAfter(londonDay(now), DAYS_TO_PAY) },
      };
  }
}

import { type StatutoryClaim } from '../interest/statutoryClaim';
import { amountLeft } from '../invoice/amountLeft';
import { type Invoice } from '../invoice/invoice';
import { dayAfter, londonDay } from '../londonDay';
import { type MessageTemplate } from '../messages/messageTemplates';
import { type MessageParams } from '../messages/outboxRow';
import { type ActiveLevel } from './levelMoments';

/** Days that a final notice gives to pay. */
const DAYS_TO_PAY = 7;

/** What the freelancer may claim on top of the invoice, and whether he asks for it. */
export type NamedClaim = Omit<StatutoryClaim, 'missingRate'> & { readonly chargesStatutory: boolean };

/** Says nothing of interest. */
export const NO_CLAIM: NamedClaim = {
  statutoryInterest: null,
  compensation: null,
  rate: null,
  chargesStatutory: false,
};

/** The wording of a reminder at a level: its template, and the values as they are now. */
export function levelReminder(
  level: Exclude<ActiveLevel, 'agency'>,
  invoice: Invoice,
  businessName: string | null,
  { statutoryInterest, compensation, rate, chargesStatutory }: NamedClaim,
  now: Date,
): { readonly template: MessageTemplate; readonly params: MessageParams } {
  const common = {
    clientName: invoice.clientName ?? null,
    businessName,
    reference: invoice.reference,
    amount: amountLeft(invoice),
    currency: invoice.currency,
    dueDate: invoice.dueDate ?? londonDay(now),
  };
  const claim = { statutoryInterest, compensation, rate, chargesStatutory };
  switch (level) {
    case 'gentle':
      return { template: 'gentle', params: common };
    case 'firm':
      return { template: 'firm', params: { ...common, ...claim } };
    case 'final':
      return {
        template: 'final',
        params: { ...common, ...claim, payBy: dayAfter(londonDay(now), DAYS_TO_PAY) },
      };
  }
}

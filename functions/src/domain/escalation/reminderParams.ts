import { type StatutoryClaim } from '../interest/statutoryClaim';
import { amountLeft } from '../invoice/amountLeft';
import { type Invoice } from '../invoice/invoice';
import { dayAfter, londonDay } from '../londonDay';
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

/** The values of a reminder that is worded as those of a level are, as they are now. */
export function reminderParams(
  level: Exclude<ActiveLevel, 'agency'>,
  invoice: Invoice,
  businessName: string | null,
  { statutoryInterest, compensation, rate, chargesStatutory }: NamedClaim,
  now: Date,
): MessageParams {
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
      return common;
    case 'firm':
      return { ...common, ...claim };
    case 'final':
      return { ...common, ...claim, payBy: dayAfter(londonDay(now), DAYS_TO_PAY) };
  }
}

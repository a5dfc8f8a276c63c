import { type Client } from '../client/client';
import { type Invoice } from '../invoice/invoice';
import { daysBetween } from '../londonDay';
import { type BankRates } from './bankRates';
import { compensation } from './compensation';
import { referenceDay } from './referenceDay';
import { type PartPayment, simpleInterest } from './simpleInterest';

/** What the freelancer may claim on top of the invoice; null where the law gives nothing. */
export interface StatutoryClaim {
  /** Pence. */
  readonly statutoryInterest: number | null;
  /** Pence. */
  readonly compensation: number | null;
  /** Per cent a year, such as '11.75'. */
  readonly rate: string | null;
  /** The reference day of which no Bank Rate is known: there is no interest until somebody enters it. */
  readonly missingRate: string | null;
}

/** Hundredths of a per cent above Bank Rate. */
const ABOVE_BANK_RATE = 800;

const NOTHING: StatutoryClaim = {
  statutoryInterest: null,
  compensation: null,
  rate: null,
  missingRate: null,
};

/**
 * Statutory interest and compensation up to and including `today`: simple interest at 8 % above the reference rate.
 * Only for debts in sterling of a business, or of a sole trader acting in business. That the contract has a remedy of
 * its own is not known here.
 *
 * @param payments part payments, by the day on which they came
 * @param today 'YYYY-MM-DD' in London
 */
export function statutoryClaim(
  invoice: Pick<Invoice, 'amount' | 'currency' | 'dueDate'>,
  payments: readonly PartPayment[],
  debtorKind: Client['debtorKind'],
  { rates }: Pick<BankRates, 'rates'>,
  today: string,
): StatutoryClaim {
  const { amount, currency, dueDate } = invoice;
  if (debtorKind !== 'business' && debtorKind !== 'sole_trader') return NOTHING;
  if (currency !== 'GBP' || dueDate == null || daysBetween(dueDate, today) < 1) return NOTHING;
  const paidInTime = payments.filter(({ day }) => day <= dueDate).reduce((sum, paid) => sum + paid.amount, 0);
  if (paidInTime >= amount) return NOTHING;
  const fixed = compensation(amount - paidInTime);
  const bankRate = rates[referenceDay(dueDate)];
  if (bankRate === undefined) return { ...NOTHING, compensation: fixed, missingRate: referenceDay(dueDate) };
  const basisPoints = Math.round(bankRate * 100) + ABOVE_BANK_RATE;
  return {
    statutoryInterest: simpleInterest(amount, payments, basisPoints, dueDate, today),
    compensation: fixed,
    rate: String(basisPoints / 100),
    missingRate: null,
  };
}

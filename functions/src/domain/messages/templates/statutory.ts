import { type Fact } from './emailContent';
import { type Phrase, phrase } from './phrase';
import { wording } from './wording';

interface StatutoryParams {
  readonly businessName: string | null;
  /** Minor units outstanding on the invoice. */
  readonly amount: number;
  readonly currency: string;
  readonly statutoryInterest: number | null;
  readonly compensation: number | null;
  readonly rate: string | null;
  readonly chargesStatutory: boolean;
}

interface Statutory {
  /** Minor units that are asked: what is outstanding, and what is charged on top of it. */
  readonly asked: number;
  readonly facts: readonly Fact[];
  /** Empty where neither interest nor compensation applies. */
  readonly paragraphs: readonly Phrase[];
}

/**
 * Interest and compensation under the Late Payment of Commercial Debts (Interest) Act 1998: named as what the business
 * may claim, or, when it chose to charge them, added to what is asked.
 */
export function statutory(params: StatutoryParams): Statutory {
  const { amount, currency, statutoryInterest, compensation, rate, chargesStatutory } = params;
  const outstanding: Fact = { label: 'Outstanding', value: wording.money(amount, currency), strong: true };
  const sums = [
    ...(statutoryInterest === null
      ? []
      : [{ sum: statutoryInterest, label: 'Interest', name: interest(statutoryInterest, currency, rate) }]),
    ...(compensation === null
      ? []
      : [
          {
            sum: compensation,
            label: 'Compensation',
            name: phrase`fixed compensation of ${wording.money(compensation, currency)}`,
          },
        ]),
  ];
  const named = sums.map(({ name }) => name).reduce<Phrase | null>(and, null);
  if (named === null) return { asked: amount, facts: [outstanding], paragraphs: [] };

  const business = wording.business(params.businessName);
  if (!chargesStatutory) {
    return {
      asked: amount,
      facts: [outstanding],
      paragraphs: [
        phrase`Under the Late Payment of Commercial Debts (Interest) Act 1998, ${business.mid} may claim ${named}. This is not part of the amount above.`,
      ],
    };
  }
  const asked = sums.reduce((total, { sum }) => total + sum, amount);
  return {
    asked,
    facts: [
      { ...outstanding, strong: false },
      ...sums.map(({ label, sum }) => ({ label, value: wording.money(sum, currency) })),
      { label: 'Total to pay', value: wording.money(asked, currency), strong: true },
    ],
    paragraphs: [
      phrase`The total includes ${named}, which ${business.mid} charges under the Late Payment of Commercial Debts (Interest) Act 1998.`,
    ],
  };
}

function interest(sum: number, currency: string, rate: string | null): Phrase {
  const money = wording.money(sum, currency);
  return rate === null
    ? phrase`interest of ${money} up to the day of this message`
    : phrase`interest at ${Number(rate)}% a year, ${money} up to the day of this message`;
}

function and(before: Phrase | null, next: Phrase): Phrase {
  return before === null ? next : phrase`${before}, and ${next}`;
}

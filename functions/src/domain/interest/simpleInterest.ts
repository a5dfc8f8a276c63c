import { daysBetween } from '../londonDay';

/** A part payment: what the freelancer has kept of it, minor units, and the day in London on which it came. */
export interface PartPayment {
  readonly day: string;
  readonly amount: number;
}

/** A year has 365 days here, also a leap year, and the rate is in hundredths of a per cent. */
const YEAR_TIMES_RATE = 365n * 10_000n;

/**
 * Simple interest on what is outstanding, for each calendar day from the day after `dueDate` to `until`, that day
 * included. A part payment reduces it from its own day on.
 *
 * @param amount minor units owed at first
 * @param basisPoints hundredths of a per cent a year
 * @param until 'YYYY-MM-DD' in London
 * @returns minor units; added up exactly and rounded once, half-up
 */
export function simpleInterest(
  amount: number,
  payments: readonly PartPayment[],
  basisPoints: number,
  dueDate: string,
  until: string,
): number {
  let amountDays = BigInt(amount) * days(dueDate, until);
  for (const payment of payments) {
    // One that came by the due date was never outstanding after it.
    const from = daysBetween(dueDate, payment.day) < 1 ? 1 : daysBetween(dueDate, payment.day);
    const reduced = BigInt(daysBetween(dueDate, until) - from + 1);
    if (reduced > 0n) amountDays -= BigInt(payment.amount) * reduced;
  }
  if (amountDays <= 0n) return 0;
  return Number((amountDays * BigInt(basisPoints) * 2n + YEAR_TIMES_RATE) / (2n * YEAR_TIMES_RATE));
}

function days(from: string, to: string): bigint {
  const between = daysBetween(from, to);
  return between > 0 ? BigInt(between) : 0n;
}

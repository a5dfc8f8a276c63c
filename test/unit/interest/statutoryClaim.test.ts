import { bankRatesSchema } from '../../../functions/src/domain/interest/bankRates';
import { compensation } from '../../../functions/src/domain/interest/compensation';
import { referenceDay } from '../../../functions/src/domain/interest/referenceDay';
import { type PartPayment } from '../../../functions/src/domain/interest/simpleInterest';
import { statutoryClaim } from '../../../functions/src/domain/interest/statutoryClaim';

const RATES = bankRatesSchema.parse({});

interface Example {
  readonly what: string;
  /** Pence. */
  readonly amount: number;
  readonly due: string;
  readonly today: string;
  readonly payments?: readonly PartPayment[];
  readonly interest: number;
  readonly rate: string;
}

describe('statutoryClaim', () => {
  // Worked by hand: amount × days × rate / 365, in pence, half-up.
  it.each<Example>([
    { what: 'a day', amount: 100_000, due: '2026-09-30', today: '2026-10-01', interest: 32, rate: '11.75' },
    {
      what: 'a year',
      amount: 100_000,
      due: '2025-03-31',
      today: '2026-03-31',
      interest: 12_750,
      rate: '12.75',
    },
    // 31 December 2025 + 1 day is in 2026: the rate of 31 December 2025, 3.75 %.
    {
      what: 'due on 31 December',
      amount: 365_000,
      due: '2025-12-31',
      today: '2026-01-10',
      interest: 1_175,
      rate: '11.75',
    },
    // Overdue on 31 December itself: the rate of 30 June 2025, 4.25 %.
    {
      what: 'due on 30 December',
      amount: 365_000,
      due: '2025-12-30',
      today: '2026-01-09',
      interest: 1_225,
      rate: '12.25',
    },
    {
      what: 'due on 30 June',
      amount: 365_000,
      due: '2025-06-30',
      today: '2025-07-10',
      interest: 1_225,
      rate: '12.25',
    },
    {
      what: 'due on 29 June',
      amount: 365_000,
      due: '2025-06-29',
      today: '2025-07-09',
      interest: 1_275,
      rate: '12.75',
    },
    // The rate stays what it was, also past the next two reference days: 365 + 10 days.
    {
      what: 'fixed at start',
      amount: 365_000,
      due: '2024-06-29',
      today: '2025-07-09',
      interest: 49_688,
      rate: '13.25',
    },
    // 28 February to 1 March 2024: two days, for there is a 29th; a year still has 365.
    {
      what: 'leap day',
      amount: 365_000,
      due: '2024-02-28',
      today: '2024-03-01',
      interest: 265,
      rate: '13.25',
    },
    {
      what: 'no leap day',
      amount: 365_000,
      due: '2023-02-28',
      today: '2023-03-01',
      interest: 115,
      rate: '11.5',
    },
    {
      what: 'a leap year',
      amount: 365_000,
      due: '2023-12-31',
      today: '2024-12-31',
      interest: 48_495,
      rate: '13.25',
    },
    // Over both nights on which the clocks change a day is a day.
    {
      what: 'clocks forward',
      amount: 365_000,
      due: '2026-03-28',
      today: '2026-03-30',
      interest: 235,
      rate: '11.75',
    },
    {
      what: 'clocks back',
      amount: 365_000,
      due: '2026-10-24',
      today: '2026-10-26',
      interest: 235,
      rate: '11.75',
    },
    // 117.5 pence exactly.
    {
      what: 'half-up',
      amount: 365_000,
      due: '2025-12-31',
      today: '2026-01-01',
      interest: 118,
      rate: '11.75',
    },
    // 10 days on 3650.00, from the 4th day on 1825.00 less: 3 × 117.5 + 7 × 58.75 pence.
    {
      what: 'a part payment on the 4th day',
      amount: 365_000,
      due: '2026-01-31',
      today: '2026-02-10',
      payments: [{ day: '2026-02-04', amount: 182_500 }],
      interest: 764,
      rate: '11.75',
    },
    {
      what: 'a part payment before it was due',
      amount: 365_000,
      due: '2026-01-31',
      today: '2026-02-10',
      payments: [{ day: '2026-01-04', amount: 182_500 }],
      interest: 588,
      rate: '11.75',
    },
    {
      what: 'a part payment today',
      amount: 365_000,
      due: '2026-01-31',
      today: '2026-02-02',
      payments: [{ day: '2026-02-02', amount: 182_500 }],
      interest: 176,
      rate: '11.75',
    },
    {
      what: 'two part payments, rounded once',
      amount: 100_000,
      due: '2026-01-31',
      today: '2026-03-02',
      payments: [
        { day: '2026-02-10', amount: 33_333 },
        { day: '2026-02-20', amount: 33_333 },
      ],
      // (100000 × 30 − 33333 × 21 − 33333 × 11) × 1175 / 3650000
      interest: 622,
      rate: '11.75',
    },
  ])('$what: $interest pence', ({ amount, due, today, payments = [], interest, rate }) => {
    const invoice = { amount, currency: 'GBP', dueDate: due };
    expect(statutoryClaim(invoice, payments, 'business', RATES, today)).toMatchObject({
      statutoryInterest: interest,
      rate,
      missingRate: null,
    });
  });

  const overdue = { amount: 100_000, currency: 'GBP', dueDate: '2026-03-01' };

  it.each([
    ['an individual', overdue, 'individual'],
    ['an unknown debtor', overdue, null],
    ['another currency', { ...overdue, currency: 'EUR' }, 'business'],
    ['the due date itself', { ...overdue, dueDate: '2026-03-10' }, 'business'],
    ['no due date', { ...overdue, dueDate: null }, 'business'],
  ] as const)('gives nothing for %s', (_what, invoice, kind) => {
    expect(statutoryClaim(invoice, [], kind, RATES, '2026-03-10')).toEqual({
      statutoryInterest: null,
      compensation: null,
      rate: null,
      missingRate: null,
    });
  });

  it('gives the same for a sole trader as for a company', () => {
    const of = (kind: 'business' | 'sole_trader') => statutoryClaim(overdue, [], kind, RATES, '2026-03-10');
    expect(of('sole_trader')).toEqual(of('business'));
  });

  it('has no interest while the rate of the half-year is missing, but compensation', () => {
    const late = { ...overdue, dueDate: '2026-12-31' };
    expect(statutoryClaim(late, [], 'business', RATES, '2027-01-31')).toEqual({
      statutoryInterest: null,
      compensation: 7_000,
      rate: null,
      missingRate: '2026-12-31',
    });
    const entered = bankRatesSchema.parse({ rates: { '2026-12-31': 3.5 } });
    expect(statutoryClaim(late, [], 'business', entered, '2027-01-31')).toMatchObject({
      statutoryInterest: 977,
      rate: '11.5',
      missingRate: null,
    });
  });

  it('takes the debt as it was when it became overdue for the compensation', () => {
    const paid = (day: string) =>
      statutoryClaim(overdue, [{ day, amount: 1 }], 'business', RATES, '2026-03-10').compensation;
    expect(paid('2026-03-01')).toBe(4_000);
    expect(paid('2026-03-02')).toBe(7_000);
  });
});

describe('compensation', () => {
  it.each([
    [1, 4_000],
    [99_999, 4_000],
    [100_000, 7_000],
    [999_999, 7_000],
    [1_000_000, 10_000],
    [100_000_000, 10_000],
  ])('of a debt of %i pence is %i', (debt, sum) => {
    expect(compensation(debt)).toBe(sum);
  });
});

describe('referenceDay', () => {
  it.each([
    ['2025-12-30', '2025-06-30'],
    ['2025-12-31', '2025-12-31'],
    ['2026-06-29', '2025-12-31'],
    ['2026-06-30', '2026-06-30'],
    ['2024-02-28', '2023-12-31'],
  ])('of a debt due on %s is %s', (due, day) => {
    expect(referenceDay(due)).toBe(day);
  });
});

describe('the table of rates', () => {
  it.each([
    { rates: { '2026-12-30': 3.5 } },
    { rates: { '2026-12-31': -1 } },
    { rates: { '2026-12-31': 3.333 } },
    { rates: { '2026-12-31': '3.5' } },
    { policy: 'each_half_year' },
  ])('refuses %j', (table) => {
    expect(bankRatesSchema.safeParse(table).success).toBe(false);
  });

  it('lets an operator correct a rate that is known', () => {
    expect(bankRatesSchema.parse({ rates: { '2026-06-30': 4 } }).rates['2026-06-30']).toBe(4);
  });
});

import fc from 'fast-check';
import { decidePeriod } from '../../../functions/src/domain/recurring/decidePeriod';
import { dayOfMonth, type Frequency, nextPeriodStart } from '../../../functions/src/domain/recurring/periods';
import {
  type RecurringInvoice,
  recurringInvoiceSchema,
} from '../../../functions/src/domain/recurring/recurringInvoice';

function starts(frequency: Frequency, first: string, anchorDay: number, count: number): string[] {
  const found = [first];
  while (found.length < count) found.push(nextPeriodStart(frequency, found.at(-1) ?? first, anchorDay));
  return found;
}

describe('the periods of a recurring invoice', () => {
  it.each<[Frequency, string, number, string[]]>([
    ['monthly', '2027-01-31', 31, ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
    ['monthly', '2028-01-31', 31, ['2028-02-29', '2028-03-31', '2028-04-30']],
    ['monthly', '2027-01-30', 30, ['2027-02-28', '2027-03-30']],
    ['monthly', '2027-01-29', 29, ['2027-02-28', '2027-03-29']],
    ['monthly', '2028-01-29', 29, ['2028-02-29', '2028-03-29']],
    ['monthly', '2026-11-15', 15, ['2026-12-15', '2027-01-15']],
    // The template was made in a short month, with the day that was meant.
    ['monthly', '2027-02-28', 31, ['2027-03-31', '2027-04-30']],
    // The clocks change on these days.
    ['monthly', '2026-02-28', 29, ['2026-03-29', '2026-04-29']],
    ['weekly', '2026-10-18', 18, ['2026-10-25', '2026-11-01']],
    ['weekly', '2026-03-22', 22, ['2026-03-29', '2026-04-05']],
    ['weekly', '2026-12-28', 31, ['2027-01-04', '2027-01-11']],
    ['biweekly', '2028-02-20', 20, ['2028-03-05', '2028-03-19']],
    ['quarterly', '2026-11-30', 30, ['2027-02-28', '2027-05-30', '2027-08-30', '2027-11-30']],
    ['quarterly', '2026-10-31', 31, ['2027-01-31', '2027-04-30', '2027-07-31']],
    ['annually', '2028-02-29', 29, ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']],
    ['annually', '2026-12-31', 31, ['2027-12-31']],
  ])('%s from %s on day %i', (frequency, first, anchorDay, expected) => {
    expect(starts(frequency, first, anchorDay, expected.length + 1).slice(1)).toEqual(expected);
  });

  const MONTHS: Partial<Record<Frequency, number>> = { monthly: 1, quarterly: 3, annually: 12 };
  const DAY_MS = 86_400_000;
  const day = fc
    .integer({ min: Date.UTC(2000, 0, 1) / DAY_MS, max: Date.UTC(2099, 11, 31) / DAY_MS })
    .map((n) => new Date(n * DAY_MS).toISOString().slice(0, 10));
  const lastOf = (month: number): number => new Date(Date.UTC(2000, month + 1, 0)).getUTCDate();

  it('of months keep their day, or take the last of the month, and never leave one out', () => {
    fc.assert(
      fc.property(day, fc.constantFrom<Frequency>('monthly', 'quarterly', 'annually'), (first, frequency) => {
        const anchorDay = dayOfMonth(first);
        const monthOf = (text: string): number =>
          (Number(text.slice(0, 4)) - 2000) * 12 + Number(text.slice(5, 7)) - 1;
        const found = starts(frequency, first, anchorDay, 30);
        for (const [n, start] of found.entries()) {
          const month = monthOf(first) + n * (MONTHS[frequency] ?? 0);
          expect(monthOf(start)).toBe(month);
          expect(dayOfMonth(start)).toBe(Math.min(anchorDay, lastOf(month)));
        }
      }),
    );
  });

  it('of weeks are 7 or 14 days long', () => {
    fc.assert(
      fc.property(day, fc.constantFrom<Frequency>('weekly', 'biweekly'), (first, frequency) => {
        const next = nextPeriodStart(frequency, first, 31);
        expect(Date.parse(next) - Date.parse(first)).toBe((frequency === 'weekly' ? 7 : 14) * DAY_MS);
      }),
    );
  });
});

describe('decidePeriod', () => {
  const template = (fields: object = {}): RecurringInvoice =>
    recurringInvoiceSchema.parse({
      freelancerId: 'user-1',
      clientId: 'client-1',
      amount: 5_000,
      currency: 'GBP',
      frequency: 'monthly',
      nextInvoiceDate: '2027-01-31',
      status: 'active',
      ...fields,
    });

  it('makes a period on its first day in London, and the day that was meant stays known', () => {
    expect(decidePeriod(template(), new Date('2027-01-30T23:59:59Z'))).toEqual({ kind: 'nothing_due' });
    expect(decidePeriod(template(), new Date('2027-01-31T00:00:00Z'))).toEqual({
      kind: 'make',
      periodStart: '2027-01-31',
      periodEnd: '2027-02-27',
      next: { nextInvoiceDate: '2027-02-28', anchorDay: 31, lastPeriod: '2027-01-31', status: 'active' },
    });
  });

  it.each([
    ['2027-02-27', 'completed'],
    ['2027-02-28', 'active'],
  ])('after a period of one that ends on %s it is %s', (endDate, status) => {
    expect(decidePeriod(template({ endDate }), new Date('2027-02-01T00:00:00Z'))).toMatchObject({
      kind: 'make',
      next: { status },
    });
  });

  it('completes one whose end has passed, and leaves alone what is not active', () => {
    const now = new Date('2027-02-01T00:00:00Z');
    expect(decidePeriod(template({ endDate: '2027-01-30' }), now)).toEqual({ kind: 'complete' });
    for (const status of ['paused', 'completed', 'cancelled'])
      expect(decidePeriod(template({ status }), now)).toEqual({ kind: 'nothing_due' });
  });
});

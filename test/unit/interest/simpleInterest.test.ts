import { simpleInterest } from '../../../functions/src/domain/interest/simpleInterest';

/** £1,000 at 10 %, due on 1 March: £1 is 3.65 days. */
const owed = (payments: Parameters<typeof simpleInterest>[1], until: string): number =>
  simpleInterest(100_000, payments, 1_000, '2026-03-01', until);

describe('simple interest', () => {
  it('begins the day after the due date, and not before', () => {
    expect([owed([], '2026-02-20'), owed([], '2026-03-01'), owed([], '2026-03-02')]).toEqual([0, 0, 27]);
  });

  it('is not lowered by a payment that comes after the day asked for', () => {
    const later = [{ day: '2026-06-01', amount: 50_000 }];
    expect(owed(later, '2026-03-31')).toBe(owed([], '2026-03-31'));
  });

  it('is nothing where all was paid by the due date, or more than all', () => {
    expect(owed([{ day: '2026-03-01', amount: 100_000 }], '2026-03-31')).toBe(0);
    expect(owed([{ day: '2026-02-01', amount: 150_000 }], '2026-03-31')).toBe(0);
  });
});

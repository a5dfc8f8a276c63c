import fc from 'fast-check';
import { disputeRank, isDisputeOpen } from '../../../functions/src/domain/payment/disputeRank';

const IN_ORDER = ['warning_needs_response', 'warning_under_review', 'needs_response', 'under_review'];
const CLOSED = ['won', 'lost', 'warning_closed', 'prevented'];

describe('disputeRank', () => {
  it('rises with each step of a dispute', () => {
    const ranks = IN_ORDER.map(disputeRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(IN_ORDER.length);
  });

  it.each(CLOSED)('has %s past everything that is open, and final', (status) => {
    expect(isDisputeOpen(status)).toBe(false);
    for (const open of IN_ORDER) expect(disputeRank(status)).toBeGreaterThan(disputeRank(open));
    for (const closed of CLOSED) expect(disputeRank(status)).toBe(disputeRank(closed));
  });

  it('takes a state that it does not know as open and later than those it knows', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString')),
        (status) => {
          fc.pre(!IN_ORDER.includes(status) && !CLOSED.includes(status));
          expect(isDisputeOpen(status)).toBe(true);
          expect(disputeRank(status)).toBeGreaterThan(disputeRank('under_review'));
          expect(disputeRank(status)).toBeLessThan(disputeRank('won'));
        },
      ),
    );
  });
});

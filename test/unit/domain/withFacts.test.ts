import fc from 'fast-check';
import { ledgerEntryOf, type PaymentFacts, withFacts } from '../../../functions/src/domain/payment/withFacts';
import { aTransaction, NOW } from '../../support/domainArbitraries';

const LATER = new Date('2026-03-11T12:00:00Z');

const fromEvent = (refunded: number): PaymentFacts => ({
  kind: 'refunded',
  refunded,
  source: 'event',
  refundFailed: false,
});
const fromStripe = (refunded: number, refundFailed = false): PaymentFacts => ({
  kind: 'refunded',
  refunded,
  source: 'stripe',
  refundFailed,
});
const disputed = (disputeId: string, status: string, amount = 10_000): PaymentFacts => ({
  kind: 'disputed',
  disputeId,
  status,
  amount,
});
const after = (...facts: readonly PaymentFacts[]) =>
  facts.reduce((transaction, fact) => withFacts(transaction, fact, LATER), aTransaction());

const statuses = fc.constantFrom(
  'warning_needs_response',
  'warning_under_review',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'warning_closed',
  'prevented',
  'of_the_future',
  'constructor',
  '__proto__',
);
const sums = fc.integer({ min: 0, max: 12_000 });
const anyFact: fc.Arbitrary<PaymentFacts> = fc.oneof(
  sums.map(fromEvent),
  fc.tuple(sums, fc.boolean()).map(([sum, failed]) => fromStripe(sum, failed)),
  fc
    .tuple(fc.constantFrom('dp_1', 'dp_2', 'constructor'), statuses, sums)
    .map(([id, status, amount]) => disputed(id, status, amount)),
);

describe('withFacts', () => {
  it('keeps the sums within what was received, whatever it is told', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 12 }), (facts) => {
        const { amount, refunded, disputed: withheld } = after(...facts);
        const entry = ledgerEntryOf(after(...facts));
        expect({ amount, refundedFits: refunded >= 0 && refunded <= amount }).toEqual({
          amount: 10_000,
          refundedFits: true,
        });
        expect(withheld >= 0 && withheld <= amount).toBe(true);
        expect(entry.amount - entry.refunded - entry.disputed).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does not depend on the order of pictures of the past, nor on repeats', () => {
    fc.assert(
      fc.property(
        fc
          .array(sums, { minLength: 1, maxLength: 8 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
          ),
        ([all, mixed]) => {
          const largest = Math.min(10_000, Math.max(...all));
          expect(after(...mixed.map(fromEvent)).refunded).toBe(largest);
        },
      ),
    );
  });

  it('lets the answer of Stripe hold, up or down', () => {
    expect(after(fromEvent(7_000), fromStripe(0, true))).toMatchObject({
      refunded: 0,
      refundFailed: true,
      status: 'completed',
    });
    expect(after(fromStripe(3_000), fromStripe(5_000)).refunded).toBe(5_000);
  });

  it('remembers that a refund failed', () => {
    expect(after(fromStripe(0, true), fromStripe(4_000, false)).refundFailed).toBe(true);
  });

  it('says by the same object that an event told nothing new', () => {
    const known = after(fromEvent(5_000), disputed('dp_1', 'under_review'));
    for (const stale of [fromEvent(5_000), fromEvent(1), disputed('dp_1', 'needs_response')]) {
      expect(withFacts(known, stale, NOW)).toBe(known);
    }
  });

  it('makes a new object of every answer of Stripe, so that an older answer can not be written over it', () => {
    const known = after(fromStripe(5_000));
    expect(withFacts(known, fromStripe(5_000), LATER)).not.toBe(known);
  });

  it('ends a dispute in its closed state, in whatever order its states come', () => {
    const states = ['needs_response', 'under_review', 'of_the_future', 'warning_needs_response'];
    fc.assert(
      fc.property(
        fc.constantFrom('won', 'lost', 'warning_closed'),
        fc.nat({ max: states.length }),
        fc.shuffledSubarray(states, { minLength: states.length }),
        (closed, at, order) => {
          const told = [...order.slice(0, at), closed, ...order.slice(at), closed];
          const end = after(...told.map((status) => disputed('dp_1', status)));
          expect(end.disputes['dp_1']?.status).toBe(closed);
          expect(end.disputed).toBe(closed === 'lost' ? 10_000 : 0);
          expect(end.status).toBe(closed === 'lost' ? 'disputed' : 'completed');
          expect(ledgerEntryOf(end).disputeOpen).toBe(false);
        },
      ),
    );
  });

  it('counts disputes side by side, never more than was received', () => {
    const two = after(disputed('dp_1', 'needs_response', 4_000), disputed('dp_2', 'lost', 5_000));
    expect(two).toMatchObject({ disputed: 9_000, status: 'disputed' });
    expect(after(disputed('dp_1', 'lost'), disputed('dp_2', 'lost')).disputed).toBe(10_000);
  });

  it('takes in a dispute under any id, also one that every object inherits', () => {
    expect(after(disputed('constructor', 'needs_response')).disputed).toBe(10_000);
  });

  it.each([
    [[fromEvent(10_000)], 'refunded'],
    [[fromEvent(9_999)], 'completed'],
    [[fromEvent(10_000), disputed('dp_1', 'lost')], 'disputed'],
    [[disputed('dp_1', 'won')], 'completed'],
  ] as const)('gives the status for %j', (facts, status) => {
    expect(after(...facts).status).toBe(status);
  });

  it('does not count what was refunded and lost as given back twice', () => {
    const entry = ledgerEntryOf(after(fromEvent(6_000), disputed('dp_1', 'lost')));
    expect(entry).toEqual({ amount: 10_000, refunded: 6_000, disputed: 4_000, disputeOpen: false });
  });
});

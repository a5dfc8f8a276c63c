import fc from 'fast-check';
import { type Changes } from '../../../functions/src/domain/changes';
import {
  type PaymentContext,
  type ReceivedPayment,
} from '../../../functions/src/domain/payment/decidePayment';
import { decidePaymentChange } from '../../../functions/src/domain/payment/decidePaymentChange';
import { decidePaymentWithFacts } from '../../../functions/src/domain/payment/decidePaymentWithFacts';
import { type PaymentFacts } from '../../../functions/src/domain/payment/withFacts';
import { anInvoice, aTransaction, NOW } from '../../support/domainArbitraries';

const freelancer = { id: 'user_1', email: 'ada@studio.example', businessName: 'Ada', stripeAccountId: null };

function received(amount: number): ReceivedPayment {
  return {
    transactionId: 'pi_1',
    transaction: aTransaction({ amount, applied: false }),
    freelancerId: 'user_1',
    livemode: false,
    sessionId: null,
  };
}

const context: PaymentContext = {
  state: { id: 'inv_1', invoice: anInvoice({ clientEmail: 'debtor@client.example' }), escalation: null },
  freelancer,
  pendingClaims: ['inv_1_1'],
  livemode: false,
  now: NOW,
};

const amounts = fc.integer({ min: 1, max: 15_000 });
const factsOf = (amount: number): fc.Arbitrary<PaymentFacts> =>
  fc.oneof(
    fc.integer({ min: 0, max: amount }).map((refunded) => ({
      kind: 'refunded' as const,
      refunded,
      source: 'stripe' as const,
      refundFailed: false,
    })),
    fc.constantFrom('needs_response', 'won', 'lost').map((status) => ({
      kind: 'disputed' as const,
      disputeId: 'dp_1',
      status,
      amount,
    })),
  );

/** The payment first and the fact as an event of its own afterwards, as Stripe mostly tells them. */
function inOrder(amount: number, fact: PaymentFacts): readonly [Changes, Changes] {
  const first = decidePaymentWithFacts(received(amount), context);
  const { state } = context;
  if (state === null || first.transaction === undefined) throw new Error('the payment was not applied');
  const then = decidePaymentChange(
    {
      transactionId: 'pi_1',
      transaction: first.transaction.value,
      state: {
        ...state,
        invoice: { ...state.invoice, ...first.invoice?.fields },
        escalation: first.escalation?.value ?? null,
      },
      freelancer,
      pendingClaims: [],
    },
    fact,
    'evt_1',
    NOW,
  );
  return [first, then];
}

describe('a payment that is heard of with what became of it', () => {
  it('ends as if the payment had come first', () => {
    fc.assert(
      fc.property(
        amounts.chain((amount) => fc.tuple(fc.constant(amount), factsOf(amount))),
        ([amount, fact]) => {
          const [first, then] = inOrder(amount, fact);
          const together = decidePaymentWithFacts(received(amount), context, {
            facts: [fact],
            causeId: 'evt_1',
          });
          expect(together.transaction).toEqual(then.transaction ?? first.transaction);
          expect(together.invoice?.fields).toEqual({ ...first.invoice?.fields, ...then.invoice?.fields });
          expect(together.escalation).toEqual(then.escalation ?? first.escalation);
          expect(together.resolvedClaims).toEqual(first.resolvedClaims);
          const ids = (changes: readonly Changes[]) => changes.flatMap(allIds).sort();
          expect(ids([together])).toEqual(ids([first, then]));
        },
      ),
    );
  });

  it('names everything that it makes once, so that one commit can make it', () => {
    const facts = amounts.chain((amount) =>
      fc.tuple(fc.constant(amount), fc.array(factsOf(amount), { maxLength: 1 }), factsOf(amount)),
    );
    fc.assert(
      fc.property(facts, ([amount, some, last]) => {
        const kinds = new Set([...some, last].map(({ kind }) => kind));
        fc.pre(kinds.size === some.length + 1);
        const changes = decidePaymentWithFacts(received(amount), context, {
          facts: [...some, last],
          causeId: 'evt_1',
        });
        const ids = allIds(changes);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

/** Paths of the documents that a decision creates. */
function allIds(changes: Changes): string[] {
  return [
    ...(changes.timeline ?? []).map(({ id }) => `escalation_timeline/${id}`),
    ...(changes.notifications ?? []).map(({ id }) => `notifications/${id}`),
    ...(changes.outbox ?? []).map(({ id }) => `outbox/${id}`),
  ];
}

import fc from 'fast-check';
import { decideOutcome } from '../../../functions/src/domain/messages/decideOutcome';
import { decideReport } from '../../../functions/src/domain/messages/decideReport';
import { type DeliveryReport } from '../../../functions/src/domain/messages/deliveryReport';
import { type ItemMove } from '../../../functions/src/domain/messages/itemMove';
import { type OutboxRow, outboxStatuses } from '../../../functions/src/domain/messages/outboxRow';
import { type SendOutcome } from '../../../functions/src/domain/messages/sendOutcome';
import { NOW } from '../../support/domainArbitraries';
import { pureRuns } from '../../support/propertyRuns';

type Input = DeliveryReport | { readonly kind: 'answer'; readonly outcome: SendOutcome };

const ID = 'SM1';

const aRow = (fields: Partial<OutboxRow> = {}): OutboxRow => ({
  class: 'dunning',
  channel: 'sms',
  template: 'gentle',
  level: 'gentle',
  invoiceId: 'inv_1',
  freelancerId: 'user_1',
  status: 'sending',
  attempts: 1,
  earlierMessageIds: [],
  recipientHash: 'hash',
  wordedLate: false,
  createdAt: NOW,
  ...fields,
});

/** How far a message has come, told by its state alone: what the rules call forward. */
function stage({ status, reason }: Pick<OutboxRow, 'status' | 'reason'>): number {
  if (status === 'pending' || status === 'sending' || status === 'unknown') return 0;
  if (status === 'sent') return 1;
  return status === 'delivered' && reason !== 'complained' ? 2 : 3;
}

function moved(row: OutboxRow, move: ItemMove | null): OutboxRow {
  if (move === null) return row;
  const { status, reason, providerMessageId, voidMessageId } = move;
  return {
    ...row,
    status,
    reason,
    ...(providerMessageId === undefined ? {} : { providerMessageId }),
    ...(voidMessageId == null ? {} : { earlierMessageIds: [...row.earlierMessageIds, voidMessageId] }),
  };
}

/** As the sender settles: what a callback has settled before only learns the provider's id. */
function settled(row: OutboxRow, outcome: SendOutcome): OutboxRow {
  if (row.status === 'sending') return moved(row, decideOutcome(outcome, row.attempts, NOW, 0.5));
  if (outcome.kind !== 'accepted' || row.providerMessageId != null) return row;
  return { ...row, providerMessageId: outcome.messageId };
}

const applied = (row: OutboxRow, input: Input): OutboxRow =>
  input.kind === 'answer' ? settled(row, input.outcome) : moved(row, decideReport(row, input));

const messageId = fc.constantFrom(ID, null);
const code = fc.constantFrom('30003', 'bounce');
const words = fc.oneof(
  fc.record({ kind: fc.constant('sent' as const), messageId }),
  fc.record({ kind: fc.constant('delivered' as const), messageId }),
  fc.record({ kind: fc.constant('failed' as const), messageId, code }),
  fc.record({ kind: fc.constant('bounced' as const), messageId, code }),
  fc.record({ kind: fc.constant('complained' as const), messageId }),
);
const expiry = fc.record({ kind: fc.constant('expired' as const), messageId });
/** What the provider took: it says so, or its answer was lost. */
const answers = fc
  .constantFrom<SendOutcome>({ kind: 'accepted', messageId: ID }, { kind: 'unknown', code: 'econnreset' })
  .map((outcome): Input => ({ kind: 'answer', outcome }));
const rows = fc
  .record({
    status: fc.constantFrom(...outboxStatuses),
    reason: fc.constantFrom(null, 'complained', 'bounced'),
    attempts: fc.integer({ min: 0, max: 3 }),
    providerMessageId: fc.constantFrom(null, ID, 'SM2'),
    earlierMessageIds: fc.constantFrom<string[]>([], [ID], ['SM0']),
  })
  .map(aRow);

describe('what is told of a message', () => {
  it('ends at the same stage in any order and number, the sender’s own answer among it', () => {
    const stories = fc.tuple(fc.array(words, { maxLength: 5 }), answers).chain(([reports, answer]) => {
      const told: Input[] = [...reports, answer];
      return fc.record({
        told: fc.constant(told),
        once: fc.shuffledSubarray(told, { minLength: told.length }),
        again: fc.array(fc.constantFrom(...told), { maxLength: 5 }),
      });
    });
    fc.assert(
      fc.property(stories, ({ told, once, again }) => {
        const end = told.reduce(applied, aRow());
        const other = [...once, ...again].reduce(applied, aRow());
        expect(stage(other)).toBe(stage(end));
        const highest = Math.max(
          ...told.map((input) =>
            input.kind === 'answer'
              ? Number(input.outcome.kind === 'accepted')
              : { sent: 1, delivered: 2, failed: 3, bounced: 3, complained: 3, expired: 0 }[input.kind],
          ),
        );
        expect(stage(end)).toBe(highest);
      }),
      pureRuns,
    );
  });

  it('never takes an item backwards, whatever its state; what ran out is tried again, and nothing else is', () => {
    fc.assert(
      fc.property(rows, fc.oneof(words, expiry), (row, report) => {
        const after = applied(row, report);
        if (after.status === 'pending' && row.status !== 'pending') {
          expect(report.kind).toBe('expired');
          expect(['sending', 'sent', 'unknown']).toContain(row.status);
        } else {
          expect(stage(after)).toBeGreaterThanOrEqual(stage(row));
        }
      }),
      pureRuns,
    );
  });

  it('says nothing of a later attempt once its own was given up, nor of what was never claimed', () => {
    fc.assert(
      fc.property(rows, words, (row, report) => {
        const isOthers =
          report.messageId !== null &&
          (row.earlierMessageIds.includes(report.messageId) || (row.providerMessageId ?? ID) !== ID);
        if (row.attempts === 0 || isOthers) expect(decideReport(row, report)).toBeNull();
      }),
      pureRuns,
    );
  });

  it('changes nothing when it is told twice', () => {
    fc.assert(
      fc.property(rows, words, (row, report) => {
        const once = applied(row, report);
        expect(applied(once, report)).toEqual(once);
      }),
      pureRuns,
    );
  });
});

describe('what a provider answers', () => {
  const outcomes = fc.oneof<fc.Arbitrary<SendOutcome>[]>(
    fc.constant({ kind: 'accepted', messageId: ID }),
    fc.constant({ kind: 'unknown', code: 'etimedout' }),
    fc.constant({ kind: 'retryable', code: '429' }),
    fc.constantFrom(null, 'opted_out' as const, 'unreachable' as const).map((address) => ({
      kind: 'refused' as const,
      code: '400',
      address,
    })),
  );

  it('lets a message be tried again only if it surely did not leave, and not for ever', () => {
    const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 20 }), fractions, (outcome, attempts, fraction) => {
        const { status, notBefore } = decideOutcome(outcome, attempts, NOW, fraction);
        expect(status === 'pending').toBe(outcome.kind === 'retryable' && attempts < 8);
        if (status === 'pending') expect(notBefore?.getTime()).toBeGreaterThan(NOW.getTime());
        expect(status === 'unknown').toBe(outcome.kind === 'unknown');
      }),
      pureRuns,
    );
  });
});

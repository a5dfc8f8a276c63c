import fc from 'fast-check';
import { decideOptOut } from '../../../functions/src/domain/optOut/decideOptOut';
import { type OptOut } from '../../../functions/src/domain/optOut/optOut';
import { NOW } from '../../support/domainArbitraries';
import { pureRuns } from '../../support/propertyRuns';

interface Word {
  readonly sid: string;
  readonly action: 'opt_out' | 'opt_in';
  readonly saidAt: Date;
}

/** A number's record with the messages that it has seen: each is applied once, for its audit row never expires. */
interface Known {
  readonly record: OptOut | null;
  readonly sids: ReadonlySet<string>;
}

const NOTHING: Known = { record: null, sids: new Set() };

/** As a change is written down. */
function taken({ record, sids }: Known, { sid, action, saidAt }: Word): Known {
  if (sids.has(sid)) return { record, sids };
  return { record: written(record, action, saidAt), sids: new Set([...sids, sid]) };
}

function written(record: OptOut | null, action: Word['action'], saidAt: Date): OptOut | null {
  const before = record ?? { phoneNumber: '+447700900001', status: 'opted_in' as const };
  const decision = decideOptOut(record, action, saidAt);
  switch (decision.kind) {
    case 'opt_in':
      return { ...before, status: 'opted_in', optedInAt: decision.optedInAt };
    case 'opt_out':
      return { ...before, status: 'opted_out', optedOutAt: saidAt, lastOptOutAt: saidAt };
    case 'still_opted_out':
      return { ...before, lastOptOutAt: decision.lastOptOutAt };
    case 'superseded':
      return record;
  }
}

/** Said at moments of their own: of two words in one millisecond none is the last. */
const words = fc
  .uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 50 }), no: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
    selector: ({ at }) => at,
  })
  .map((all) =>
    all.map(({ at, no }): Word => ({
      sid: `SM${at}`,
      action: no ? 'opt_out' : 'opt_in',
      saidAt: new Date(NOW.getTime() + at * 1000),
    })),
  );

const lastOf = (said: readonly Word[]): Word | undefined =>
  said.toSorted((a, b) => a.saidAt.getTime() - b.saidAt.getTime()).at(-1);

describe('STOP and START of one number', () => {
  it('leave what was said last, in whatever order and however often they come', () => {
    const stories = words.chain((said) =>
      fc.record({
        said: fc.constant(said),
        order: fc.shuffledSubarray(said, { minLength: said.length }),
        again: fc.array(fc.constantFrom(...said), { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(stories, ({ said, order, again }) => {
        const { record } = [...order, ...again].reduce(taken, NOTHING);
        expect(record?.status).toBe(lastOf(said)?.action === 'opt_out' ? 'opted_out' : 'opted_in');
      }),
      pureRuns,
    );
  });

  it('at no moment of any order undo a "no" that was said later than every "yes" that has come', () => {
    fc.assert(
      fc.property(words, (order) => {
        let known = NOTHING;
        order.forEach((word, n) => {
          known = taken(known, word);
          const come = order.slice(0, n + 1);
          expect(known.record?.status).toBe(lastOf(come)?.action === 'opt_out' ? 'opted_out' : 'opted_in');
        });
      }),
      pureRuns,
    );
  });

  it('come to the same when they are replayed in any order after their claims have expired', () => {
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (said, picks) => {
        const known = said.reduce(taken, NOTHING);
        const replays = [...picks.take(10)]
          .map((pick) => said[pick % said.length])
          .filter((word) => word !== undefined);
        expect(replays.reduce(taken, known).record).toEqual(known.record);
      }),
      pureRuns,
    );
  });
});

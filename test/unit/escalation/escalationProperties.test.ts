import fc from 'fast-check';
import {
  decide,
  type EscalationAccount,
  type EscalationDecision,
} from '../../../functions/src/domain/escalation/decideEscalation';
import { nextActionAt } from '../../../functions/src/domain/escalation/nextActionAt';
import { dunningLevels } from '../../../functions/src/domain/invoice/dunningLevels';
import { type EscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice } from '../../../functions/src/domain/invoice/invoice';
import { pureRuns } from '../../support/propertyRuns';
import { cases, DAY_MS, histories } from './chaseArbitraries';
import { chased, POLICY } from './escalationInputs';

interface Chase {
  readonly invoice: Invoice;
  readonly state: EscalationState | null;
}

/** The chase as the decision's commit leaves it. */
function after({ invoice }: Chase, decision: EscalationDecision): Chase {
  const { status, state, reached } = decision;
  return {
    invoice: { ...invoice, status, ...(reached === null ? {} : { escalationLevel: reached.level }) },
    state,
  };
}

const rank = (level: string): number => dunningLevels.findIndex((one) => one === level);

/** Looks at each of these moments, or only when `nextActionAt` has come. */
function play(due: string, account: EscalationAccount, looks: readonly Date[], onlyWhenDue: boolean) {
  let chase: Chase = { invoice: chased({ dueDate: due }), state: null };
  let next: Date | null = new Date(0);
  const steps: { readonly at: Date; readonly decision: EscalationDecision }[] = [];
  for (const at of looks) {
    if (onlyWhenDue && (next === null || next > at)) continue;
    const decision = decide(chase.invoice, chase.state, account, POLICY, at);
    chase = after(chase, decision);
    next = decision.nextActionAt;
    steps.push({ at, decision });
  }
  return { chase, steps };
}

describe('a decision of the chase', () => {
  it('never goes back, and never reaches two levels', () => {
    fc.assert(
      fc.property(cases, ({ invoice, state, account, now }) => {
        const decision = decide(invoice, state, account, POLICY, now);
        const before = state?.currentLevel ?? 'pending';
        const reached = decision.reached?.level;
        expect(rank(decision.state?.currentLevel ?? 'pending')).toBeGreaterThanOrEqual(rank(before));
        const added = (decision.state?.sentLevels ?? []).filter(
          (level) => state?.sentLevels.includes(level) !== true,
        );
        expect(added).toEqual(reached === undefined ? [] : [reached]);
        if (reached === undefined) return;
        expect(rank(reached)).toBeGreaterThan(rank(before));
        // Those in between, and no other.
        expect(decision.reached?.skipped).toEqual(dunningLevels.slice(rank(before) + 1, rank(reached)));
      }),
      pureRuns,
    );
  });

  it('says when to look again: later, or never', () => {
    fc.assert(
      fc.property(cases, ({ invoice, state, account, now }) => {
        const { nextActionAt: next } = decide(invoice, state, account, POLICY, now);
        if (next !== null) expect(next.getTime()).toBeGreaterThan(now.getTime());
      }),
      pureRuns,
    );
  });

  it('taken again at once changes nothing more', () => {
    fc.assert(
      fc.property(cases, ({ invoice, state, account, now }) => {
        const once = decide(invoice, state, account, POLICY, now);
        const chase = after({ invoice, state }, once);
        const again = decide(chase.invoice, chase.state, account, POLICY, now);
        expect(again).toMatchObject({ reached: null, resumed: false, status: once.status });
        expect(again.state).toEqual(once.state);
        // Of what is settled by then only the plan is news: a level that it does not have may end the chase.
        if (again.reason !== 'not_in_plan') expect(again.nextActionAt).toEqual(once.nextActionAt);
      }),
      pureRuns,
    );
  });

  it('before its moment has nothing to say', () => {
    fc.assert(
      fc.property(
        cases,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ invoice, state, account, now }, fraction) => {
          const next = nextActionAt(invoice, state, now, POLICY);
          const wait = next === null ? 400 * DAY_MS : next.getTime() - now.getTime();
          const early = new Date(now.getTime() + Math.floor(wait * fraction));
          if (next !== null && early >= next) return;
          expect(decide(invoice, state, account, POLICY, early)).toMatchObject({
            reached: null,
            resumed: false,
            status: invoice.status,
            state,
          });
        },
      ),
      pureRuns,
    );
  });
});

describe('a chase, however often somebody looks', () => {
  it('has three days between two levels, each sent once and mildest first', () => {
    fc.assert(
      fc.property(histories, ({ due, account, looks }) => {
        const { steps } = play(due, account, looks, false);
        const levels = steps.flatMap(({ at, decision }) =>
          decision.reached === null ? [] : [{ at, rank: rank(decision.reached.level) }],
        );
        levels.slice(1).forEach((level, n) => {
          const earlier = levels[n];
          if (earlier === undefined) throw new Error('there is one before');
          expect(level.rank).toBeGreaterThan(earlier.rank);
          expect(level.at.getTime() - earlier.at.getTime()).toBeGreaterThanOrEqual(3 * DAY_MS);
        });
      }),
      pureRuns,
    );
  });

  it('comes to the same when looked at only once its moment has come', () => {
    fc.assert(
      fc.property(histories, ({ due, account, looks }) => {
        const often = play(due, account, looks, false);
        const seldom = play(due, account, looks, true);
        // An account that is switched off is looked at each midnight: then both find the same, which is nothing.
        expect(seldom.chase).toEqual(often.chase);
        expect(seldom.steps.filter(({ decision }) => decision.reached !== null)).toEqual(
          often.steps.filter(({ decision }) => decision.reached !== null),
        );
      }),
      pureRuns,
    );
  });
});

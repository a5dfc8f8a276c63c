import fc from 'fast-check';
import {
  choose,
  isLive,
  isOpen,
  type PlannedSubscription,
  planOf,
} from '../../../functions/src/domain/billing/subscription';
import { decideSubscription } from '../../../functions/src/domain/billing/decideSubscription';
import { planNames, plansSchema } from '../../../functions/src/domain/gate/plans';
import { pureRuns } from '../../support/propertyRuns';

const PLANS = plansSchema.parse({});
const NOW = new Date('2026-03-10T12:00:00Z');

const subscriptions: fc.Arbitrary<PlannedSubscription> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }),
  status: fc.constantFrom('active', 'trialing', 'past_due', 'unpaid', 'canceled', 'incomplete', 'paused'),
  priceIds: fc.constant([]),
  plan: fc.constantFrom(...planNames.slice(1), null),
  createdAt: fc.integer({ min: 0, max: 3 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
  periodEnd: fc.constant(null),
  endsAtPeriodEnd: fc.boolean(),
});
const several = fc.uniqueArray(subscriptions, { maxLength: 6, selector: ({ id }) => id });

describe('the plans and their prices', () => {
  it('are the business rules’ unless an operator says otherwise', () => {
    expect(
      planNames.map((name) => {
        const { chasedInvoices, channels } = PLANS[name];
        const prices = name === 'free' ? null : PLANS[name].prices;
        return [name, prices?.month.amount, prices?.year.amount, chasedInvoices, channels.join(' ')];
      }),
    ).toEqual([
      ['free', undefined, undefined, 5, 'email'],
      ['starter', 1_900, 18_200, 10, 'email'],
      ['growth', 3_900, 37_400, 50, 'email sms'],
      ['pro', 7_500, 72_000, null, 'email sms'],
    ]);
    expect(PLANS.graceDays).toBe(7);
  });

  it('are found by any of their prices, sold now or earlier; the larger plan where there are two', () => {
    const plans = plansSchema.parse({ starter: { prices: { former: ['price_a'] } } });
    expect(planOf(['price_a'], plans)).toBe('starter');
    expect(planOf(['price_a', 'price_recoup_growth_year', 'price_addon'], plans)).toBe('growth');
    expect(planOf(['price_addon'], plans)).toBeNull();
    expect(planOf([], plans)).toBeNull();
  });
});

describe('of several subscriptions', () => {
  it('the same one counts, in whatever order Stripe names them', () => {
    fc.assert(
      fc.property(several, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (all, draws) => {
        const shuffled = all
          .map((one, n) => ({ one, at: draws[n] ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(choose(shuffled)).toEqual(choose(all));
      }),
      pureRuns,
    );
  });

  it('a paid one counts before an unpaid one before one that is over, and the larger plan among its like', () => {
    const rank = ({ status }: PlannedSubscription): number =>
      status === 'active' || status === 'trialing' ? 2 : status === 'past_due' ? 1 : 0;
    const size = ({ plan }: PlannedSubscription): number => (plan === null ? -1 : planNames.indexOf(plan));
    fc.assert(
      fc.property(several, (all) => {
        const chosen = choose(all);
        if (chosen === null) return all.length === 0;
        const better = all.filter(
          (one) =>
            rank(one) > rank(chosen) ||
            (rank(one) === rank(chosen) && isLive(one) && size(one) > size(chosen)),
        );
        return better.length === 0;
      }),
      pureRuns,
    );
  });
});

describe('what a freelancer’s record says', () => {
  const before = {
    uid: 'user_1',
    email: 'ada@studio.example',
    subscriptionTier: 'growth' as const,
    subscriptionStatus: 'active',
    stripeSubscriptionId: 'sub_1',
  };
  const unpaid: PlannedSubscription = {
    id: 'sub_1',
    status: 'past_due',
    priceIds: [],
    plan: 'growth',
    createdAt: NOW,
    periodEnd: null,
    endsAtPeriodEnd: false,
  };
  const decided = (person: Parameters<typeof decideSubscription>[0], since: Date | null) =>
    decideSubscription(person, unpaid, since, PLANS, 'cus_1_2', NOW);

  it('counts an unpaid plan from the first unpaid invoice, and never from the future', () => {
    const since = new Date('2026-03-02T00:00:00Z');
    expect(decided(before, since)).toMatchObject({
      outcome: 'payment_failed',
      plan: 'free',
      fields: { subscriptionTier: 'growth', subscriptionPastDueSince: since },
      outbox: [{ params: { plan: 'growth', keptUntil: null } }],
    });
    const future = new Date('2030-01-01T00:00:00Z');
    expect(decided(before, future).fields.subscriptionPastDueSince).toEqual(NOW);
  });

  it('where Stripe shows no unpaid invoice counts from when we first heard of it', () => {
    expect(decided(before, null).fields.subscriptionPastDueSince).toEqual(NOW);
    const earlier = new Date('2026-03-08T00:00:00Z');
    const known = { ...before, subscriptionStatus: 'past_due', subscriptionPastDueSince: earlier };
    expect(decided(known, null)).toMatchObject({
      outcome: 'noted',
      plan: 'growth',
      fields: { subscriptionPastDueSince: earlier },
      notifications: [],
      outbox: [],
    });
  });

  it('is told to one without an address in the web client alone', () => {
    const decision = decideSubscription({ ...before, email: null }, null, null, PLANS, 'cus_1_3', NOW);
    expect(decision).toMatchObject({ outcome: 'plan_changed', plan: 'free', outbox: [] });
    expect(decision.notifications.map(({ id }) => id)).toEqual(['plan_changed_cus_1_3']);
  });
});

describe('a subscription that may still count', () => {
  it.each([
    ['active', true],
    ['past_due', true],
    ['unpaid', true],
    ['paused', true],
    ['canceled', false],
    ['incomplete_expired', false],
  ])('is, or is not, one that is %s', (status, open) => {
    expect(isOpen({ status })).toBe(open);
  });
});

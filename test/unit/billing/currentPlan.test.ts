import { currentPlan, graceEnds } from '../../../functions/src/domain/billing/currentPlan';

const SINCE = new Date('2026-03-01T12:00:00Z');
const at = (text: string): Date => new Date(text);

describe('the plan that counts', () => {
  it.each([
    ['active', SINCE, '2027-01-01T00:00:00Z', 'pro'],
    ['past_due', SINCE, '2026-03-08T11:59:59.999Z', 'pro'],
    ['past_due', SINCE, '2026-03-08T12:00:00Z', 'free'],
    // Nobody knows since when: a plan is not taken away for that.
    ['past_due', null, '2027-01-01T00:00:00Z', 'pro'],
    [null, SINCE, '2027-01-01T00:00:00Z', 'pro'],
  ])('%s since %s is at %s the plan %s', (subscriptionStatus, subscriptionPastDueSince, now, plan) => {
    const user = { subscriptionTier: 'pro' as const, subscriptionStatus, subscriptionPastDueSince };
    expect(currentPlan(user, 7, at(now))).toBe(plan);
  });

  it('without days of grace ends when the payment fails', () => {
    const user = {
      subscriptionTier: 'growth' as const,
      subscriptionStatus: 'past_due',
      subscriptionPastDueSince: SINCE,
    };
    expect(graceEnds(user, 0)).toEqual(SINCE);
    expect(currentPlan(user, 0, SINCE)).toBe('free');
  });
});

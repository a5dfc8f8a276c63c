import { type PlanName, type Plans, paidPlanNames, planNames } from '../gate/plans';

/** A subscription as Stripe has it at this moment. */
export interface Subscription {
  readonly id: string;
  /** Stripe's own word. */
  readonly status: string;
  readonly priceIds: readonly string[];
  readonly createdAt: Date;
  /** When what was paid for ends; null where Stripe does not say. */
  readonly periodEnd: Date | null;
  readonly endsAtPeriodEnd: boolean;
}

/** A subscription with the plan that its prices stand for; null: no price of ours that we know. */
export interface PlannedSubscription extends Subscription {
  readonly plan: PlanName | null;
}

const PAID: ReadonlySet<string> = new Set(['active', 'trialing']);

/** Whether somebody has this plan because of it, be it in the days of grace. */
export function isLive({ status }: Pick<Subscription, 'status'>): boolean {
  return PAID.has(status) || status === 'past_due';
}

/** Whether it may still become or come back to one that counts: there is no need for another one. */
export function isOpen({ status }: Pick<Subscription, 'status'>): boolean {
  return isLive({ status }) || status === 'unpaid' || status === 'paused';
}

/** The best plan that one of the prices stands for, among those sold now and earlier. */
export function planOf(priceIds: readonly string[], plans: Plans): PlanName | null {
  const bought = paidPlanNames.filter((name) => {
    const { month, year, former } = plans[name].prices;
    return [month.id, year.id, ...former].some((id) => priceIds.includes(id));
  });
  return bought.at(-1) ?? null;
}

/**
 * The one subscription that counts, where a customer has several: a paid one before an unpaid one before one that is
 * over; then the larger plan; then, so that the choice never depends on the order of an answer, the one that was made
 * first and has the smaller id. Of those that are over the latest, for its status is shown.
 */
export function choose(subscriptions: readonly PlannedSubscription[]): PlannedSubscription | null {
  return [...subscriptions].sort(compare)[0] ?? null;
}

function compare(a: PlannedSubscription, b: PlannedSubscription): number {
  const byState = rankOf(b) - rankOf(a);
  if (byState !== 0) return byState;
  const age = a.createdAt.getTime() - b.createdAt.getTime();
  const byPlan = isLive(a) ? indexOf(b) - indexOf(a) : 0;
  return byPlan || (isLive(a) ? age : -age) || (a.id < b.id ? -1 : 1);
}

function rankOf(subscription: Subscription): number {
  if (PAID.has(subscription.status)) return 2;
  return isLive(subscription) ? 1 : 0;
}

function indexOf({ plan }: PlannedSubscription): number {
  return plan === null ? -1 : planNames.indexOf(plan);
}

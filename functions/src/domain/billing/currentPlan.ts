import { type PlanName } from '../gate/plans';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The fields of `users/{uid}` that say which plan somebody has. */
export interface Subscribed {
  readonly subscriptionTier: PlanName;
  readonly subscriptionStatus?: string | null | undefined;
  readonly subscriptionPastDueSince?: Date | null | undefined;
}

/**
 * The plan that counts at this moment. A plan whose payment failed is kept for the days of grace and is the free one
 * after them, without anybody having to write that down.
 */
export function currentPlan(user: Subscribed, graceDays: number, now: Date): PlanName {
  const until = graceEnds(user, graceDays);
  return until !== null && until <= now ? 'free' : user.subscriptionTier;
}

/** The instant up to which an unpaid plan is kept; null where nothing is unpaid. */
export function graceEnds(user: Subscribed, graceDays: number): Date | null {
  const { subscriptionStatus: status, subscriptionPastDueSince: since } = user;
  return status === 'past_due' && since != null ? new Date(since.getTime() + graceDays * DAY_MS) : null;
}

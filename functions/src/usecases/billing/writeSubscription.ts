import { currentPlan } from '../../domain/billing/currentPlan';
import { decideSubscription } from '../../domain/billing/decideSubscription';
import { type PlannedSubscription } from '../../domain/billing/subscription';
import { type Plans } from '../../domain/gate/plans';
import { londonMonth } from '../../domain/londonDay';
import { usageSchema } from '../../domain/usage/usageMarker';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type User } from '../../store/userSchema';
import { type Deps } from '../deps';
import { writeChanges } from '../writeChanges';
import { wakeChases } from './wakeChases';

/** What Stripe has answered about a customer, and for whom it is. */
export interface FoundSubscription {
  readonly uid: string;
  readonly user: User;
  readonly chosen: PlannedSubscription | null;
  readonly unpaidSince: Date | null;
  readonly plans: Plans;
  /** Of this look: what the freelancer is told is told once for each. */
  readonly causeId: string;
}

/**
 * Adds to the unit what a freelancer's subscription now is: his record, the limits of the month that he sees, and what
 * he is told; a plan that brings back what a chase waited for wakes it. His record and the month's usage have been read in it.
 *
 * @param more of his record, for the same write
 * @returns what became of it
 */
export async function writeSubscription(
  deps: Deps,
  unit: UnitOfWork,
  found: FoundSubscription,
  more: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<string> {
  const { uid, user, chosen, unpaidSince, plans, causeId } = found;
  const before = {
    ...user,
    uid,
    email: user.email ?? null,
    stripeSubscriptionId: user.stripeSubscriptionId ?? null,
  };
  const { outcome, fields, plan, ...told } = decideSubscription(
    before,
    chosen,
    unpaidSince,
    plans,
    causeId,
    now,
  );
  // Not `updatedAt`: what Stripe tells us of him is no sign that he was here.
  unit.update(collections.user(deps.db, uid), { ...fields, ...more, subscriptionUpdatedAt: now });
  keepLimits(deps, unit, uid, plans[plan].chasedInvoices, now);
  const had = plans[currentPlan(user, plans.graceDays, now)];
  if (plans[plan].agencyOffer && !had.agencyOffer) await wakeChases(deps, unit, uid, now);
  writeChanges(deps, unit, { outcome, ...told }, now);
  return outcome;
}

/** The gate goes by the plan itself; this is what the web client shows. */
function keepLimits(deps: Deps, unit: UnitOfWork, uid: string, limit: number | null, now: Date): void {
  const month = londonMonth(now);
  const ref = collections.usage(deps.db, uid, month);
  const usage = decode(usageSchema, unit.snapshot(ref));
  if (usage !== null && usage.limits['chasedInvoices'] === limit) return;
  unit.save(ref, {
    freelancerId: uid,
    month,
    limits: { chasedInvoices: limit },
    ...(usage === null ? { counters: { chasedInvoices: 0 } } : {}),
    updatedAt: now,
  });
}

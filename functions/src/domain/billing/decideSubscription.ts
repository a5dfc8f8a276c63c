import { type NotificationRow } from '../changes';
import { type PlanName, type Plans } from '../gate/plans';
import { londonDay } from '../londonDay';
import { type OutboxItem } from '../messages/outboxItem';
import { planLabel } from '../messages/planLabel';
import { currentPlan, graceEnds, type Subscribed } from './currentPlan';
import { isLive, type PlannedSubscription } from './subscription';

/** What `users/{uid}` says of the subscription. */
export interface SubscriptionFields {
  readonly subscriptionTier: PlanName;
  /** Stripe's word for the subscription that counts; `canceled` where there is none any more. */
  readonly subscriptionStatus: string;
  readonly stripeSubscriptionId: string | null;
  /** Since when it is unpaid; null unless it is past due. */
  readonly subscriptionPastDueSince: Date | null;
  readonly subscriptionPeriodEnd: Date | null;
  readonly subscriptionEndsAtPeriodEnd: boolean;
}

/** What is known of the freelancer when Stripe's answer comes. */
export interface Subscriber extends Subscribed {
  readonly uid: string;
  readonly email: string | null;
  readonly stripeSubscriptionId: string | null;
}

export interface SubscriptionDecision {
  readonly outcome: 'plan_changed' | 'payment_failed' | 'noted';
  readonly fields: SubscriptionFields;
  /** The plan that counts from now on. */
  readonly plan: PlanName;
  readonly notifications: readonly NotificationRow[];
  readonly outbox: readonly OutboxItem[];
}

/**
 * What a freelancer's record says from now on, and what he is told. It follows from Stripe's present answer alone, so
 * that the order in which events come makes no difference; what was recorded before decides only what is news.
 *
 * @param chosen the subscription that counts; its plan is known when it is live
 * @param unpaidSince when the oldest of its unpaid invoices was due; null where Stripe shows none
 * @param causeId of the look that found this; the ids of what the freelancer is told end with it
 */
export function decideSubscription(
  before: Subscriber,
  chosen: PlannedSubscription | null,
  unpaidSince: Date | null,
  plans: Plans,
  causeId: string,
  now: Date,
): SubscriptionDecision {
  const live = chosen !== null && isLive(chosen);
  const fields: SubscriptionFields = {
    subscriptionTier: live ? (chosen.plan ?? 'free') : 'free',
    subscriptionStatus: chosen?.status ?? 'canceled',
    stripeSubscriptionId: chosen?.id ?? null,
    subscriptionPastDueSince:
      chosen?.status === 'past_due' ? pastDueSince(before, chosen, unpaidSince, now) : null,
    subscriptionPeriodEnd: chosen?.periodEnd ?? null,
    subscriptionEndsAtPeriodEnd: live && chosen.endsAtPeriodEnd,
  };
  const plan = currentPlan(fields, plans.graceDays, now);
  const isNews = before.subscriptionTier !== fields.subscriptionTier;
  const hasFailed =
    fields.subscriptionPastDueSince !== null &&
    before.subscriptionPastDueSince?.getTime() !== fields.subscriptionPastDueSince.getTime();
  const told = [
    ...(isNews ? [planChanged(before, fields, causeId)] : []),
    ...(hasFailed ? [paymentFailed(before, fields, plans, causeId, now)] : []),
  ];
  return {
    outcome: isNews ? 'plan_changed' : hasFailed ? 'payment_failed' : 'noted',
    fields,
    plan,
    notifications: told.map(({ notification }) => notification),
    outbox: told.flatMap(({ item }) => (item === null ? [] : [item])),
  };
}

/** Where Stripe shows no unpaid invoice it counts from when we first heard of it. */
function pastDueSince(
  before: Subscriber,
  { id }: PlannedSubscription,
  unpaidSince: Date | null,
  now: Date,
): Date {
  if (unpaidSince !== null) return unpaidSince < now ? unpaidSince : now;
  const known = before.stripeSubscriptionId === id && before.subscriptionStatus === 'past_due';
  return (known ? before.subscriptionPastDueSince : null) ?? now;
}

interface Told {
  readonly notification: NotificationRow;
  readonly item: OutboxItem | null;
}

function planChanged(
  before: Subscriber,
  { subscriptionTier: plan }: SubscriptionFields,
  causeId: string,
): Told {
  const previousPlan = before.subscriptionTier;
  return told(before, 'plan_changed', causeId, {
    title: `Your plan is now ${planLabel[plan]}`,
    message: `It has changed from ${planLabel[previousPlan]} to ${planLabel[plan]}. What you have used this month still counts.`,
    params: { plan, previousPlan },
  });
}

function paymentFailed(
  before: Subscriber,
  fields: SubscriptionFields,
  plans: Plans,
  causeId: string,
  now: Date,
): Told {
  const { subscriptionTier: plan } = fields;
  const until = graceEnds(fields, plans.graceDays);
  const keptUntil = until === null || until <= now ? null : londonDay(until);
  return told(before, 'subscription_payment_failed', causeId, {
    title: 'Your subscription payment failed',
    message:
      keptUntil === null
        ? `Your ${planLabel[plan]} plan could not be charged. Until it is paid, your account has the Free plan.`
        : `Your ${planLabel[plan]} plan could not be charged. It is kept until ${keptUntil}; please check your card.`,
    params: { plan, keptUntil },
  });
}

function told(
  { uid, email }: Subscriber,
  type: 'plan_changed' | 'subscription_payment_failed',
  causeId: string,
  { title, message, params }: { title: string; message: string; params: NonNullable<OutboxItem['params']> },
): Told {
  const id = `${type}_${causeId}`;
  return {
    notification: { id, freelancerId: uid, type, title, message },
    item:
      email === null || email === ''
        ? null
        : { id, channel: 'email', template: type, invoiceId: null, freelancerId: uid, to: email, params },
  };
}

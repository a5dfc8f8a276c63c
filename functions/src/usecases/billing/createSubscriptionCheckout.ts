import { isOpen } from '../../domain/billing/subscription';
import { type Caller } from '../../domain/caller';
import { type PaidPlanName, type PlanInterval } from '../../domain/gate/plans';
import { ConflictError } from '../../platform/errors';
import { type SubscriptionSession } from '../../providers/stripe/stripeBilling';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { plansOf } from '../gate/plansOf';
import { openAccount } from '../account/openAccount';
import { billingPage } from './billingPage';
import { ensureCustomer } from './ensureCustomer';

export interface SubscriptionCheckoutAnswer {
  readonly sessionId: string;
  /** Where to subscribe. */
  readonly url: string;
}

/**
 * The page on which a freelancer subscribes to a plan. There is one open page for a customer: asked again for the same
 * plan, he gets it back; for another plan, the first one is closed. Whoever has a subscription changes it in the portal
 * instead, so that nobody pays for two.
 *
 * @throws ForbiddenError; ConflictError when there is a subscription already
 */
export async function createSubscriptionCheckout(
  deps: Deps,
  caller: Caller,
  { plan, interval }: { readonly plan: PaidPlanName; readonly interval: PlanInterval },
): Promise<SubscriptionCheckoutAnswer> {
  const { db, stripe } = deps;
  await openAccount(deps, caller);
  const customerId = await ensureCustomer(deps, caller);
  const [user, catalogue] = await Promise.all([
    collections.user(db, caller.uid).get(),
    collections.systemConfig(db, 'plans').get(),
  ]);
  const { id: priceId } = plansOf(catalogue)[plan].prices[interval];
  // By Stripe's word and not by ours, which may be a moment behind.
  if ((await stripe.subscriptionsOf(customerId)).some(isOpen))
    throw new ConflictError('You have a plan already. Change it on the page of your subscription.');
  const sessions = await stripe.subscriptionSessionsOf(customerId);
  const open = sessions.filter((session) => session.isOpen);
  const same = open.find((session) => session.priceId === priceId);
  await Promise.all(
    open
      .filter((session) => session !== same)
      .map(({ sessionId }) => stripe.expireCheckoutSession(sessionId, null)),
  );
  if (same !== undefined) return answer(same);
  const profile = decode(userSchema, user);
  await stripe.describeCustomer(customerId, {
    email: profile?.email ?? null,
    name: profile?.businessName ?? profile?.name ?? null,
  });
  return answer(
    await stripe.createSubscriptionSession({
      customerId,
      uid: caller.uid,
      priceId,
      returnUrl: billingPage(deps),
      // By the session before it: two calls at once get the same one, and a later call not one that is over.
      idempotencyKey: `subscribe_${customerId}_${priceId}_${sessions[0]?.sessionId ?? 'first'}`,
    }),
  );
}

function answer({ sessionId, url }: SubscriptionSession): SubscriptionCheckoutAnswer {
  if (url === null) throw new ConflictError('This payment page is closed. Try again.');
  return { sessionId, url };
}

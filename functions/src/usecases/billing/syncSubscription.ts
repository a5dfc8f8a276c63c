import { choose, isLive, type PlannedSubscription, planOf } from '../../domain/billing/subscription';
import { londonMonth } from '../../domain/londonDay';
import { PermanentFailure } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { plansOf } from '../gate/plansOf';
import { customerOf } from './customerOf';
import { noteLook } from './noteLook';
import { writeSubscription } from './writeSubscription';

/**
 * Brings a freelancer's record in line with what Stripe says now of his customer. `stripe_customers/{cus}` is read
 * first, then Stripe is asked, and the commit requires that document to be as it was read: so of two looks at one
 * customer the one that is written later was also asked later, however long either answer took. The unit's caller
 * reads and asks again after a conflict.
 *
 * @returns what became of it
 * @throws PermanentFailure when nobody knows whose customer it is, or what he pays for: a person has to look, and
 *   nothing is taken from him meanwhile
 */
export async function syncSubscription(deps: Deps, unit: UnitOfWork, customerId: string): Promise<string> {
  const { db, stripe } = deps;
  const customer = await customerOf(deps, unit, customerId);
  if (customer === null)
    throw new PermanentFailure('unknown_customer', 'Nobody knows whose customer this is.');
  if (customer.deletedAt != null) return 'customer_deleted';
  const { uid } = customer;
  const now = deps.clock.now();
  const refs = {
    user: collections.user(db, uid),
    usage: collections.usage(db, uid, londonMonth(now)),
    plans: collections.systemConfig(db, 'plans'),
  };
  await unit.read(refs.user, refs.usage, refs.plans);
  const user = decode(userSchema, unit.snapshot(refs.user));
  const plans = plansOf(unit.snapshot(refs.plans));

  // Only now: what is asked before the reading could be older than what somebody else has written meanwhile.
  const subscriptions = (await stripe.subscriptionsOf(customerId)).map((subscription) => ({
    ...subscription,
    plan: planOf(subscription.priceIds, plans),
  }));
  const live = subscriptions.filter(isLive);
  requireKnownPrices(live);
  const isHis = user !== null && (user.stripeCustomerId == null || user.stripeCustomerId === customerId);
  if (!isHis && live.length > 0)
    throw new PermanentFailure(
      'unknown_customer',
      'Somebody pays whose account is gone, or who is another customer now.',
    );
  const chosen = choose(subscriptions);
  const unpaidSince = chosen?.status === 'past_due' ? await stripe.unpaidSince(chosen.id) : null;

  const syncSeq = noteLook(deps, unit, customerId, customer, now);
  if (!isHis) return user === null ? 'account_gone' : 'former_customer';
  return writeSubscription(
    deps,
    unit,
    { uid, user, chosen, unpaidSince, plans, causeId: `${customerId}_${syncSeq}` },
    { stripeCustomerId: customerId },
    now,
  );
}

/** Whoever pays a price that no plan has would else lose what he pays for. */
function requireKnownPrices(live: readonly PlannedSubscription[]): void {
  if (live.some(({ plan }) => plan === null))
    throw new PermanentFailure('unknown_price', 'A price that is paid belongs to no plan of ours.');
}

import { londonMonth } from '../../domain/londonDay';
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
 * A customer was deleted at Stripe, and his subscriptions with him, for good: nothing has to be asked. His row stays,
 * so that whatever still arrives about him is known to be late; the freelancer may become another customer.
 *
 * @returns what became of it; null when he was none of ours
 */
export async function releaseCustomer(
  deps: Deps,
  unit: UnitOfWork,
  customerId: string,
): Promise<string | null> {
  const { db } = deps;
  const customer = await customerOf(deps, unit, customerId);
  if (customer === null) return null;
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
  const syncSeq = noteLook(deps, unit, customerId, { ...customer, deletedAt: now }, now);
  if (user?.stripeCustomerId !== customerId) return 'former_customer';
  return writeSubscription(
    deps,
    unit,
    {
      uid,
      user,
      chosen: null,
      unpaidSince: null,
      plans: plansOf(unit.snapshot(refs.plans)),
      causeId: `${customerId}_${syncSeq}`,
    },
    { stripeCustomerId: null, stripeCustomersBefore: (user.stripeCustomersBefore ?? 0) + 1 },
    now,
  );
}

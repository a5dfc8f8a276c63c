import { type Caller } from '../../domain/caller';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError, ForbiddenError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { stripeCustomerSchema } from './stripeCustomer';

/**
 * The one customer that a freelancer is at Stripe; made when there is none. Stripe is asked under a key that follows
 * from the uid and from how many customers he was before, with nothing but the uid: two calls at once, and a call after
 * a crash between Stripe's answer and our commit, get the same customer. Both directions of the link are one commit.
 *
 * @throws ForbiddenError when the caller is no freelancer or his account is closed
 */
export async function ensureCustomer(deps: Deps, { uid }: Caller): Promise<string> {
  const { db } = deps;
  const userRef = collections.user(db, uid);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(userRef);
    const user = decode(userSchema, unit.snapshot(userRef));
    if (user === null) throw new ForbiddenError('Only freelancers have a plan.');
    if (user.status != null && user.status !== 'active') throw new ForbiddenError('This account is closed.');
    const { stripeCustomerId: linked, stripeCustomersBefore: before } = user;
    const customerId =
      linked ?? (await deps.stripe.createCustomer(uid, `customer_${uid}_${(before ?? 0) + 1}`));
    crashPoint('customer.after-stripe');
    const ref = collections.stripeCustomer(db, customerId);
    await unit.read(ref);
    const row = decode(stripeCustomerSchema, unit.snapshot(ref));
    if (row !== null && row.uid !== uid) throw new ConflictError('This payment account is somebody else’s.');
    if (linked != null && row !== null) return linked;
    const now = deps.clock.now();
    if (row === null) unit.create(ref, { uid, syncSeq: 0, deletedAt: null, createdAt: now });
    // Also where it stands already: the commit requires that the record is as it was read.
    unit.update(userRef, { stripeCustomerId: customerId });
    await unit.commit();
    crashPoint('customer.after-commit');
    return customerId;
  });
}

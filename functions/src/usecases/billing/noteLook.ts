import { collections } from '../../store/collections';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type StripeCustomer } from './stripeCustomer';

/**
 * Adds to the unit that a customer was looked at. His row must be as it was read, or still missing: a look that began
 * before another one was written is refused.
 *
 * @returns the number of this look
 */
export function noteLook(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  customerId: string,
  { uid, syncSeq, deletedAt = null }: StripeCustomer,
  now: Date,
): number {
  const ref = collections.stripeCustomer(deps.db, customerId);
  unit.save(ref, {
    uid,
    syncSeq: syncSeq + 1,
    deletedAt,
    syncedAt: now,
    ...(unit.snapshot(ref).exists ? {} : { createdAt: now }),
  });
  return syncSeq + 1;
}

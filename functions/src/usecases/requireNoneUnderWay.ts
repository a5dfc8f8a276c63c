import { isUndecided } from '../domain/payment/isUndecided';
import { transactionSchema } from '../domain/payment/transaction';
import { ConflictError } from '../platform/errors';
import { type CheckoutSession } from '../providers/stripe/stripeGateway';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/**
 * Makes sure that nobody is asked for money that he has paid already. What was paid in a session is under way until we
 * have recorded it, and, where it fitted no invoice, until it is clear what becomes of it. After that the session says
 * nothing any more: an unapplied payment leaves it on the invoice, which is owed as before.
 *
 * @throws ConflictError
 */
export async function requireNoneUnderWay(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  session: CheckoutSession,
): Promise<void> {
  if (session.status !== 'complete') return;
  if (session.paymentIntentId !== null) {
    const [found] = await unit.read(collections.transaction(deps.db, session.paymentIntentId));
    const transaction = found === undefined ? null : decode(transactionSchema, found);
    if (transaction !== null && !isUndecided(transaction)) return;
  }
  throw new ConflictError('A payment of this invoice is under way.');
}

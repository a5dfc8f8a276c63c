import { type Caller } from '../domain/caller';
import { decideCancel } from '../domain/invoice/decideCancel';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { carryOut } from './carryOut';
import { type Deps } from './deps';
import { ownInvoiceOf } from './ownInvoiceOf';
import { pendingClaimsOf } from './pendingClaimsOf';

/**
 * Cancels an invoice of the caller's own: it can not be paid any more, and nothing more is sent about it but the word
 * that it is cancelled. Asked twice, it answers the same.
 *
 * @throws NotFoundError, ForbiddenError, or ConflictError with the reason why it can not be cancelled
 */
export async function cancelInvoice(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<{ readonly invoiceId: string; readonly status: 'cancelled' }> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const { state, freelancer } = await ownInvoiceOf(deps, unit, caller, invoiceId);
    const now = deps.clock.now();
    const decision = decideCancel(state, freelancer, await pendingClaimsOf(deps.db, unit, state), now);
    await carryOut(deps, unit, 'cancel-invoice', decision, now);
    return { invoiceId, status: 'cancelled' };
  });
}

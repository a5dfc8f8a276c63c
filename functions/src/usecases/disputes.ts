import { type Caller } from '../domain/caller';
import { decideCloseDispute, decideOpenDispute } from '../domain/dispute/decideDispute';
import { type InvoiceStatus } from '../domain/invoice/invoice';
import { collections } from '../store/collections';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { carryOut } from './carryOut';
import { debtorInvoiceOf } from './debtorInvoiceOf';
import { type Deps } from './deps';
import { ownInvoiceOf } from './ownInvoiceOf';

export interface DisputeAnswer {
  readonly invoiceId: string;
  /** What the invoice is now. */
  readonly status: InvoiceStatus;
}

/**
 * Takes down that the debtor of an invoice finds something wrong with it. While it is disputed, asking again changes
 * nothing.
 *
 * @throws NotFoundError, ForbiddenError unless the caller's verified address is the invoice's, or ConflictError with
 *   the reason
 */
export async function openDispute(
  deps: Deps,
  caller: Caller,
  { invoiceId, reason }: { readonly invoiceId: string; readonly reason: string },
): Promise<DisputeAnswer> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId));
    const { state, freelancer } = await debtorInvoiceOf(deps, unit, caller, invoiceId);
    const now = deps.clock.now();
    await carryOut(deps, unit, 'open-dispute', decideOpenDispute(state, freelancer, reason, now), now);
    return { invoiceId, status: 'disputed' };
  });
}

/**
 * Closes the dispute that a debtor has opened about an invoice of the caller's own. What is not disputed stays as it
 * is.
 *
 * @throws NotFoundError, ForbiddenError, or ConflictError for a dispute that is at the bank
 */
export async function closeDispute(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<DisputeAnswer> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const { state } = await ownInvoiceOf(deps, unit, caller, invoiceId);
    const now = deps.clock.now();
    const decision = decideCloseDispute(state, now);
    await carryOut(deps, unit, 'close-dispute', decision, now);
    const changes = decision.kind === 'changed' ? decision.changes : null;
    return { invoiceId, status: changes?.invoice?.fields.status ?? state.invoice.status };
  });
}

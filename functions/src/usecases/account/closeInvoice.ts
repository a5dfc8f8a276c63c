import { accountClosedRowId, decideAccountClosed } from '../../domain/account/decideAccountClosed';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { invoiceStateOf } from '../invoiceStateOf';
import { writeChanges } from '../writeChanges';

/**
 * Ends what we do for one invoice of an account that is being closed, in one commit. The row in its time line says for
 * ever that it was done, so that the debtor is told once.
 */
export function closeInvoice(
  deps: Deps,
  uid: string,
  invoiceId: string,
): Promise<'invoices_closed' | 'invoices_done_before' | 'invoices_not_open'> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const doneRef = collections.timeline(db, accountClosedRowId(invoiceId));
    await unit.read(
      doneRef,
      collections.invoice(db, invoiceId),
      collections.escalationState(db, invoiceId),
      collections.user(db, uid),
    );
    if (unit.snapshot(doneRef).exists) return 'invoices_done_before';
    const state = await invoiceStateOf(db, unit, invoiceId);
    const now = deps.clock.now();
    const changes =
      state === null ? null : decideAccountClosed(state, await freelancerOf(db, unit, uid), now);
    if (changes === null) return 'invoices_not_open';
    writeChanges(deps, unit, changes, now);
    crashPoint('close-invoice.before-commit');
    await unit.commit();
    crashPoint('close-invoice.after-commit');
    return 'invoices_closed';
  });
}

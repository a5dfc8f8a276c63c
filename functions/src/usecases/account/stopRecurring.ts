import { type DocumentReference } from 'firebase-admin/firestore';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/** Stops one recurring invoice of an account that is being closed. */
export function stopRecurring(
  deps: Deps,
  ref: DocumentReference,
): Promise<'recurring_stopped' | 'recurring_done_before'> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const status: unknown = unit.snapshot(ref).get('status');
    if (status === 'cancelled' || status === 'completed') return 'recurring_done_before';
    unit.update(ref, { status: 'cancelled', updatedAt: deps.clock.now() });
    await unit.commit();
    return 'recurring_stopped';
  });
}

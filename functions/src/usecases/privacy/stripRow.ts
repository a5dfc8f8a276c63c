import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/**
 * Takes these fields out of a row that is kept: they become null, and the row says when. Done again, there is nothing
 * to do.
 *
 * @param may whether it is still one of which they may be taken, as it is at the commit
 * @returns whether there was something to take out
 */
export function stripRow(
  deps: Pick<Deps, 'db' | 'random' | 'clock'>,
  ref: DocumentReference,
  fields: readonly string[],
  may: (row: DocumentSnapshot) => boolean = () => true,
): Promise<boolean> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    if (!may(unit.snapshot(ref))) return false;
    const there = fields.filter((field) => unit.snapshot(ref).get(field) != null);
    if (there.length === 0) return false;
    const nothing = Object.fromEntries(there.map((field) => [field, null]));
    unit.update(ref, { ...nothing, contactErasedAt: deps.clock.now() });
    await unit.commit();
    return true;
  });
}

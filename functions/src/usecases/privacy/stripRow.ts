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
    const nothing = nothingOf(unit.snapshot(ref), fields);
    if (Object.keys(nothing).length === 0) return false;
    unit.update(ref, { ...nothing, contactErasedAt: deps.clock.now() });
    await unit.commit();
    return true;
  });
}

/** Of these fields those that hold something, with nothing in them. */
export function nothingOf(row: DocumentSnapshot, fields: readonly string[]): Record<string, null> {
  return Object.fromEntries(fields.filter((field) => row.get(field) != null).map((field) => [field, null]));
}

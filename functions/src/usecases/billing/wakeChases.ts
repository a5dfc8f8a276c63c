import { collections } from '../../store/collections';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/** Invoices that one commit takes along: more than anybody has that are two months overdue. */
const MOST = 100;

/**
 * Adds to the unit that chases which have come to their last reminder are looked at once more: the plan did not have the
 * offer that comes after it, and now it does. Those that wait for something else are found to do so, and wait on.
 */
export async function wakeChases(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  uid: string,
  now: Date,
): Promise<void> {
  const { docs } = await collections.finishedChasesOf(deps.db, uid).limit(MOST).get();
  unit.know(...docs);
  for (const { ref } of docs) unit.update(ref, { nextActionAt: now, updatedAt: now });
}

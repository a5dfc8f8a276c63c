import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { crashPoint } from '../../platform/crashPoint';
import { isConflict } from '../../store/isConflict';
import { type Deps } from '../deps';

/** Firestore takes 500 writes in one commit. */
const MOST_WRITES = 400;

/**
 * Deletes a row that was just read, with what lies below it. The row last: whatever interrupts it, it is found again as
 * long as something is left of it.
 *
 * @param parts the names of the collections below it
 * @returns false when somebody has changed it meanwhile: then it stays
 */
export async function deleteRow(
  { db }: Pick<Deps, 'db'>,
  row: DocumentSnapshot,
  parts: readonly string[],
): Promise<boolean> {
  if (row.updateTime === undefined) return false;
  const below = (await Promise.all(parts.map((part) => row.ref.collection(part).listDocuments()))).flat();
  while (below.length >= MOST_WRITES) {
    const some = db.batch();
    for (const ref of below.splice(0, MOST_WRITES)) some.delete(ref);
    await some.commit();
  }
  const batch = db.batch();
  for (const ref of below) batch.delete(ref);
  batch.delete(row.ref, { lastUpdateTime: row.updateTime });
  crashPoint('purge.before-commit');
  try {
    await batch.commit();
    crashPoint('purge.after-commit');
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    // Somebody has taken it up again; or Firestore's own expiry was faster, and nothing leads to what lay below but this.
    if ((await row.ref.get()).exists) return false;
    const orphans = db.batch();
    for (const ref of below) orphans.delete(ref);
    await orphans.commit();
    return true;
  }
}

import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { type Deps } from '../deps';

/** Of these documents those that exist, in this order, behind the one at that path if there is one. */
export async function* rowsAt(
  { db }: Pick<Deps, 'db'>,
  refs: readonly DocumentReference[],
  after: string | null,
): AsyncGenerator<DocumentSnapshot> {
  const left = after === null ? refs : refs.slice(refs.findIndex(({ path }) => path === after) + 1);
  if (left.length === 0) return;
  for (const snapshot of await db.getAll(...left)) if (snapshot.exists) yield snapshot;
}

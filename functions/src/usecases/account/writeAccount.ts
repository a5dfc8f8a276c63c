import { type DocumentReference } from 'firebase-admin/firestore';
import { type AccountChange, type DeletionRow } from '../../domain/account/accountChange';
import { collections } from '../../store/collections';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/** Adds what was decided of an account to the unit of work; the user's document must have been read in it. */
export function writeAccount(
  { db }: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  uid: string,
  { fields, deletion }: AccountChange,
  now: Date,
): void {
  if (fields !== null) unit.save(collections.user(db, uid), { ...fields });
  if (deletion === undefined) return;
  unit.create(deletionRef(db, uid, deletion), {
    freelancerId: uid,
    kind: 'account',
    ...deletion,
    createdAt: now,
  });
}

/** One row for each thing that happened to a request. */
function deletionRef(db: Deps['db'], uid: string, { requestedAt, event }: DeletionRow): DocumentReference {
  return collections.deletionRequest(db, `${uid}_${requestedAt.getTime()}_${event}`);
}

import { type DebtorRequest } from '../../domain/privacy/debtorRights';
import { collections } from '../../store/collections';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/** Adds to the unit of work that a debtor asked for something, or that it is done. The row never changes. */
export function writeRequestRow(
  { db }: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  { kind, addressHash, requestedAt }: DebtorRequest,
  event: 'requested' | 'done',
  now: Date,
): void {
  const id = `debtor_${kind}_${addressHash}_${requestedAt.getTime()}_${event}`;
  unit.create(collections.deletionRequest(db, id), {
    freelancerId: null,
    kind: `debtor_${kind}`,
    addressHash,
    event,
    by: event === 'requested' ? 'debtor' : 'server',
    requestedAt,
    createdAt: now,
  });
}

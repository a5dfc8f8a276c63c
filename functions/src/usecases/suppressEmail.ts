import { suppressionSchema, type SuppressionReason } from '../domain/messages/suppression';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/**
 * Adds to the unit of work that an address must not be written to. The first day stands; what its owner said counts for
 * more than that it did not work.
 *
 * @param hash the address's keyed hash
 * @param objects he objects to being contacted at all, so that text messages about his invoices are stopped too
 */
export async function suppressEmail(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  hash: string,
  reason: SuppressionReason,
  { objects = false }: { readonly objects?: boolean } = {},
): Promise<void> {
  const ref = collections.emailSuppression(deps.db, hash);
  await unit.read(ref);
  const current = decode(suppressionSchema, unit.snapshot(ref));
  const now = deps.clock.now();
  const objection = objects ? { objectedAt: current?.objectedAt ?? now } : {};
  if (current?.status !== 'suppressed') {
    unit.save(ref, { status: 'suppressed', reason, since: now, ...objection, updatedAt: now });
    return;
  }
  // Written although little changes: whoever lifts it meanwhile must look again.
  const kept = current.reason === 'bounce' ? reason : current.reason;
  unit.update(ref, { reason: kept, ...objection, updatedAt: now });
}

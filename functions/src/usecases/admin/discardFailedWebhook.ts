import { type Caller } from '../../domain/caller';
import { collections } from '../../store/collections';
import { RESOLVED_RETENTION_MS } from '../../store/failedWebhookResolution';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';
import { failedRowOf } from './failedRowOf';

/**
 * Sets a failed event aside for good, for a reason that stays with it. It has no claim: should the provider deliver it once
 * more, it may still be applied.
 *
 * @throws ForbiddenError, NotFoundError, ConflictError when it was applied, or is being tried
 */
export function discardFailedWebhook(
  deps: Deps,
  caller: Caller,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<{ readonly id: string; readonly status: 'discarded' }> {
  return asAdmin(deps, caller, { action: 'discardFailedWebhook', target: id, reason }, () =>
    retryConflicts(deps.random, async () => {
      const unit = new UnitOfWork(deps.db);
      const row = await failedRowOf(deps, unit, id);
      if (row.status !== 'discarded') {
        const now = deps.clock.now();
        unit.update(collections.failedWebhook(deps.db, id), {
          status: 'discarded',
          discardReason: reason,
          discardedBy: caller.uid,
          nextRetryAt: null,
          leaseUntil: null,
          leaseOwner: null,
          updatedAt: now,
          expiresAt: new Date(now.getTime() + RESOLVED_RETENTION_MS),
        });
        await unit.commit();
      }
      return { id, status: 'discarded' as const };
    }),
  );
}

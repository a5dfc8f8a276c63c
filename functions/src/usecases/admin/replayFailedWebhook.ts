import { FieldValue } from 'firebase-admin/firestore';
import * as z from 'zod';
import { type Caller } from '../../domain/caller';
import { MAX_ATTEMPTS } from '../../domain/webhooks/retryPolicy';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { retryFailedWebhook, type RetryOutcome } from '../retryFailedWebhook';
import { asAdmin } from './asAdmin';
import { failedRowOf } from './failedRowOf';

export interface ReplayAnswer {
  readonly id: string;
  /** `resolved`: applied. `rescheduled`: failed for now, and tried again. `skipped`: somebody else is at work on it. */
  readonly outcome: RetryOutcome;
  /** Why it was not applied, as a code; null when it was. */
  readonly code: string | null;
}

const errorSchema = z.object({ lastError: z.object({ code: z.string() }).nullish().catch(null) });

/**
 * Tries a failed event again, whatever became of it before, through the same use case as the retries and a live delivery.
 * It is first made due: whoever is killed after that leaves it to the next minute's retries. One whose attempts are used up
 * gets two more: this one, and another for when this one dies half-way.
 *
 * @throws ForbiddenError, NotFoundError, ConflictError when it was applied, or is being tried
 */
export function replayFailedWebhook(
  deps: Deps,
  caller: Caller,
  { id, reason }: { readonly id: string; readonly reason: string | null },
): Promise<ReplayAnswer> {
  return asAdmin(deps, caller, { action: 'replayFailedWebhook', target: id, reason }, async () => {
    const ref = collections.failedWebhook(deps.db, id);
    const now = deps.clock.now();
    await retryConflicts(deps.random, async () => {
      const unit = new UnitOfWork(deps.db);
      const { attempts } = await failedRowOf(deps, unit, id);
      unit.update(ref, {
        status: 'pending_retry',
        attempts: Math.min(attempts, MAX_ATTEMPTS - 2),
        nextRetryAt: now,
        leaseUntil: null,
        leaseOwner: null,
        expiresAt: FieldValue.delete(),
        updatedAt: now,
      });
      await unit.commit();
    });
    crashPoint('replay.after-due');
    const outcome = await retryFailedWebhook(deps, ref, now);
    const code =
      outcome === 'resolved' ? null : (decode(errorSchema, await ref.get())?.lastError?.code ?? null);
    return { id, outcome, code };
  });
}

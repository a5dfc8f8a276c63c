import { type DocumentReference } from 'firebase-admin/firestore';
import { failedWebhookSchema } from '../../domain/webhooks/failedWebhook';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

/** The minute's job takes up a lease that ran out by itself; this long after it, it has not. */
const STUCK_AFTER_MS = 15 * 60 * 1000;

/**
 * Puts back events whose retry ended without a word and which no run has taken up again: their attempts stay as they
 * are, so that one which kills its runner still ends as a dead letter.
 */
export async function putBackWebhooks(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const before = new Date(run.now.getTime() - STUCK_AFTER_MS);
  const { outcome } = await eachDocument(
    run,
    collections.stuckWebhooks(deps.db, before),
    ({ ref }) => putBack(deps, ref, run.now),
    {
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'maintain-queues', itemId: id, code: error.code, cause: error }),
    },
  );
  return outcome;
}

function putBack(deps: Deps, ref: DocumentReference, now: Date): Promise<string> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(failedWebhookSchema, unit.snapshot(ref));
    // By Firestore's clock, as the lease was given.
    const isStuck = row?.status === 'retrying' && row.leaseUntil != null && row.leaseUntil <= unit.readTime;
    if (!isStuck) return 'webhooks_moved_on';
    unit.update(ref, {
      status: 'pending_retry',
      nextRetryAt: now,
      leaseUntil: null,
      leaseOwner: null,
      updatedAt: now,
    });
    await unit.commit();
    return 'webhooks_put_back';
  });
}

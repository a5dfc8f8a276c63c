import { type DocumentReference } from 'firebase-admin/firestore';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { moveOutboxItem } from '../moveOutboxItem';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { eachDueMessage } from './eachDueMessage';

/** Claims whose sender went away become `unknown`: the message may have left, so it is not sent again. */
export async function releaseStuckSends(deps: Deps, run: JobRun): Promise<JobOutcome> {
  return eachDueMessage(run, collections.stuckMessages(deps.db, run.now), (ref) => release(deps, ref));
}

function release(deps: Deps, ref: DocumentReference): Promise<string> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    // By Firestore's clock: this instance's may be ahead, and the sender still at work.
    const isStuck = row?.status === 'sending' && row.leaseUntil != null && row.leaseUntil <= unit.readTime;
    if (row === null || !isStuck) return 'still_sending';
    await moveOutboxItem(deps, unit, ref, row, { status: 'unknown', reason: 'sender_gone' });
    await unit.commit();
    return 'stuck';
  });
}

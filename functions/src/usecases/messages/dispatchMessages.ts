import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { REQUEUE_AFTER_MS } from '../../domain/messages/sendPolicy';
import { PermanentFailure } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { isConflict } from '../../store/isConflict';
import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { enqueueMessage } from './enqueueMessage';

const PAGE = 100;
const AT_ONCE = 10;

/**
 * Takes to their queues all messages whose time has come: those that were deferred or turned away, and those that the
 * trigger has missed. It sends nothing. Each is looked at again a quarter of an hour later, in case its task was lost.
 *
 * @throws when a queue could not be reached, once every message had its turn
 */
export async function dispatchMessages(deps: Deps, run: JobRun): Promise<JobOutcome> {
  let thrown: PromiseRejectedResult | undefined;
  const count = (what: string): void => {
    run.counts[what] = (run.counts[what] ?? 0) + 1;
  };
  let after: QueryDocumentSnapshot | undefined;
  for (;;) {
    const due = collections.dueMessages(deps.db, run.now).limit(PAGE);
    const page = (await (after === undefined ? due : due.startAfter(after)).get()).docs;
    for (let n = 0; n < page.length; n += AT_ONCE) {
      if (run.signal.aborted || run.outOfTime()) return 'continues';
      const group = page.slice(n, n + AT_ONCE);
      for (const result of await Promise.allSettled(group.map((doc) => dispatchOne(deps, run.now, doc)))) {
        if (result.status === 'rejected') thrown ??= result;
        count(result.status === 'rejected' ? 'failed' : result.value);
      }
    }
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  if (thrown !== undefined) throw thrown.reason;
  return 'finished';
}

async function dispatchOne(
  deps: Deps,
  now: Date,
  doc: QueryDocumentSnapshot,
): Promise<'enqueued' | 'moved_on' | 'corrupt'> {
  try {
    await enqueueMessage(deps, doc.id, decode(outboxRowSchema, doc));
    const dueAt = new Date(now.getTime() + REQUEUE_AFTER_MS);
    await doc.ref.update({ dueAt }, { lastUpdateTime: doc.updateTime });
    return 'enqueued';
  } catch (error) {
    if (isConflict(error)) return 'moved_on';
    if (!(error instanceof PermanentFailure)) throw error;
    // It would come up first in every run for ever.
    await doc.ref.update({ status: 'failed', reason: error.code, dueAt: null, updatedAt: now });
    log.messageUnusable({ outboxId: doc.id, template: '', code: error.code });
    return 'corrupt';
  }
}

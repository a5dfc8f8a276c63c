import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { collections } from '../store/collections';
import { type Deps } from './deps';
import { retryFailedWebhook, type RetryOutcome } from './retryFailedWebhook';
import { type JobOutcome, type JobRun } from './runLeasedJob';

/** Events looked at in one page, and tried at once. Few, for each may ask Stripe. */
const PAGE = 25;
const AT_ONCE = 5;

/**
 * Tries every failed event again whose time has come, oldest first. Each is leased by itself, so this job's lease only
 * saves work; what it leaves over is found by the next minute's query.
 *
 * @throws when an event could be neither tried nor set aside, once all others had their turn
 */
export async function retryWebhooks(deps: Deps, run: JobRun): Promise<JobOutcome> {
  let thrown: PromiseRejectedResult | undefined;
  const count = (outcome: RetryOutcome | 'failed'): void => {
    run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
  };
  for (;;) {
    const page = await collections.dueWebhooks(deps.db, run.now).limit(PAGE).get();
    let progressed = false;
    for (const group of inGroups(page.docs)) {
      if (run.signal.aborted || run.outOfTime()) return 'continues';
      const tried = group.map(({ ref }) => retryFailedWebhook(deps, ref, run.now));
      for (const result of await Promise.allSettled(tried)) {
        if (result.status === 'rejected') thrown ??= result;
        count(result.status === 'rejected' ? 'failed' : result.value);
        progressed ||= result.status === 'fulfilled' && result.value !== 'skipped';
      }
    }
    // All that is left is leased by others: they, or a later tick, will see to it.
    if (!progressed) break;
  }
  if (thrown !== undefined) throw thrown.reason;
  return 'finished';
}

/**
 * Several at once, except for those whose last runner went away: one of them may be what killed it, and must not take
 * attempts from its neighbours again. They come last, one by one.
 */
function inGroups(rows: readonly QueryDocumentSnapshot[]): QueryDocumentSnapshot[][] {
  const waiting = rows.filter((row) => row.get('status') !== 'retrying');
  const abandoned = rows.filter((row) => row.get('status') === 'retrying');
  const groups: QueryDocumentSnapshot[][] = [];
  while (waiting.length > 0) groups.push(waiting.splice(0, AT_ONCE));
  return [...groups, ...abandoned.map((row) => [row])];
}

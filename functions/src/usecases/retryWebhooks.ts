import { collections } from '../store/collections';
import { type Deps } from './deps';
import { retryFailedWebhook } from './retryFailedWebhook';
import { type JobOutcome, type JobRun } from './runLeasedJob';

/** Events looked at in one page, and tried at once. Few, for each may ask Stripe. */
const PAGE = 25;
const AT_ONCE = 5;

/**
 * Tries every failed event again whose time has come, oldest first. Each is leased by itself, so this job's lease only
 * saves work; what it leaves over is found by the next minute's query.
 */
export async function retryWebhooks(deps: Deps, run: JobRun): Promise<JobOutcome> {
  for (;;) {
    const page = await collections.dueWebhooks(deps.db, run.now).limit(PAGE).get();
    if (page.empty) return 'finished';
    const refs = page.docs.map((doc) => doc.ref);
    let progressed = false;
    while (refs.length > 0) {
      if (run.signal.aborted || run.outOfTime()) return 'continues';
      const outcomes = await Promise.all(
        refs.splice(0, AT_ONCE).map((ref) => retryFailedWebhook(deps, ref, run.now)),
      );
      for (const outcome of outcomes) {
        run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
        progressed ||= outcome !== 'skipped';
      }
    }
    // All that is left is leased by others: they, or a later tick, will see to it.
    if (!progressed) return 'finished';
  }
}

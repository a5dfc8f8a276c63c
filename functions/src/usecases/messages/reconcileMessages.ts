import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { findInbound } from './findInbound';
import { releaseStuckSends } from './releaseStuckSends';
import { resolveUnknown } from './resolveUnknown';

/**
 * Compares our books with the providers': sends that were cut off become `unknown`; what is `unknown` is looked up, and
 * given up after a day; text messages to us that no webhook delivered are taken in.
 */
export async function reconcileMessages(deps: Deps, run: JobRun): Promise<JobOutcome> {
  for (const step of [releaseStuckSends, resolveUnknown, findInbound]) {
    if ((await step(deps, run)) === 'continues') return 'continues';
  }
  return 'finished';
}

import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { findInbound } from './findInbound';
import { releaseStuckSends } from './releaseStuckSends';
import { resolveUnknown } from './resolveUnknown';

/** Half of the job's time, which is eight minutes. */
const MOST_INBOUND_MS = 4 * 60 * 1000;

/**
 * Compares our books with the providers': sends that were cut off become `unknown`; text messages to us that no webhook
 * delivered are taken in; what is `unknown` is looked up, and given up after a day. A lost STOP comes before looking up,
 * which may take a day for what can not be found, but leaves it the other half of the time: what it does not get to, it
 * finds with the next run.
 */
export async function reconcileMessages(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const outcomes = [
    await releaseStuckSends(deps, run),
    await findInbound(deps, within(deps, run, MOST_INBOUND_MS)),
    await resolveUnknown(deps, run),
  ];
  return outcomes.includes('continues') ? 'continues' : 'finished';
}

/** The run, for a step that must not take more than this of its time. Milliseconds. */
function within({ clock }: Pick<Deps, 'clock'>, run: JobRun, ms: number): JobRun {
  const deadline = clock.now().getTime() + ms;
  return { ...run, outOfTime: () => run.outOfTime() || clock.now().getTime() >= deadline };
}

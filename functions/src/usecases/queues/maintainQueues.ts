import { queueAlerts } from '../../domain/queues/queueAlerts';
import { log } from '../../platform/log';
import { type Deps } from '../deps';
import { releaseStuckSends } from '../messages/releaseStuckSends';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { endRecords } from './endRecords';
import { findSilentJobs } from './findSilentJobs';
import { measureQueues } from './measureQueues';
import { purgeExpired } from './purgeExpired';
import { purgeOld } from './purgeOld';
import { putBackWebhooks } from './putBackWebhooks';

/**
 * Looks after the queues: what got stuck is set free, sizes and ages are logged and kept with the run, what is beyond
 * its limits wakes a person, and what need not be kept any longer is deleted.
 */
export async function maintainQueues(deps: Deps, run: JobRun): Promise<JobOutcome> {
  for (const step of [putBackWebhooks, releaseStuckSends]) {
    if ((await step(deps, run)) === 'continues') return 'continues';
  }
  const sizes = await measureQueues(deps, run.now);
  Object.assign(run.counts, sizes);
  log.queueSizes({ counts: { ...sizes } });
  for (const found of queueAlerts(sizes)) log.queueAlert(found);
  run.counts['jobs_silent'] = await findSilentJobs(deps);
  for (const step of [purgeExpired, purgeOld, endRecords]) {
    if ((await step(deps, run)) === 'continues') return 'continues';
  }
  return 'finished';
}

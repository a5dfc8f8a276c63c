import { isSilent, JOB_PERIODS } from '../../domain/queues/jobPeriods';
import { log } from '../../platform/log';
import { Lease } from '../../store/lease';
import { type Deps } from '../deps';

/**
 * Tells of jobs that have run before and have not begun when they should have; of one that has never run, `npm run ops --
 * doctor` tells.
 *
 * @returns how many
 */
export async function findSilentJobs(deps: Pick<Deps, 'db'>): Promise<number> {
  const silences = await Lease.silences(deps, Object.keys(JOB_PERIODS));
  const silent = Object.entries(JOB_PERIODS).filter(([jobName, periodMs]) => {
    const silenceMs = silences.get(jobName);
    if (silenceMs === undefined || !isSilent(periodMs, silenceMs)) return false;
    log.jobNotRun({ jobName, count: Math.round(silenceMs / 1000) });
    return true;
  });
  return silent.length;
}

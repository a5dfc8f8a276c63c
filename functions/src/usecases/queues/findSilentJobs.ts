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
  const found = await Promise.all(
    Object.entries(JOB_PERIODS).map(async ([jobName, periodMs]) => {
      const silenceMs = await Lease.silence(deps, jobName);
      if (silenceMs === null || !isSilent(periodMs, silenceMs)) return false;
      log.jobNotRun({ jobName, count: Math.round(silenceMs / 1000) });
      return true;
    }),
  );
  return found.filter(Boolean).length;
}

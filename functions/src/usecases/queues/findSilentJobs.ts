import { isSilent, JOB_PERIODS } from '../../domain/queues/jobPeriods';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { Lease } from '../../store/lease';
import { type Deps } from '../deps';

/**
 * Tells of jobs that have run before and have not begun when they should have; of one that has never run, `npm run ops --
 * doctor` tells.
 *
 * @returns how many
 */
export async function findSilentJobs({ db }: Pick<Deps, 'db'>): Promise<number> {
  const leases = await db.getAll(...Object.keys(JOB_PERIODS).map((name) => collections.cronLease(db, name)));
  const silent = leases.filter((snapshot) => {
    const silenceMs = Lease.silence(snapshot);
    if (silenceMs === null || !isSilent(JOB_PERIODS[snapshot.id] ?? Infinity, silenceMs)) return false;
    log.jobNotRun({ jobName: snapshot.id, count: Math.round(silenceMs / 1000) });
    return true;
  });
  return silent.length;
}

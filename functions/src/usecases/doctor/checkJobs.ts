import { isSilent, JOB_PERIODS } from '../../domain/queues/jobPeriods';
import { PermanentFailure } from '../../platform/errors';
import { Lease } from '../../store/lease';
import { type Finding, wrong } from './finding';
import { type Patient } from './patient';

/** A job that runs once a month may well not have run yet. */
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** The store of the leases, and by it whether each job has begun when it should have. */
export async function checkJobs(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all(
    Object.entries(JOB_PERIODS).map(([name, periodMs]) => look(patient, name, periodMs)),
  );
  // When it can not be read at all, once is enough.
  const seen = new Set<string>();
  return findings.flat().filter(({ what }) => {
    const isNew = !seen.has(what);
    seen.add(what);
    return isNew;
  });
}

async function look({ db, isReal }: Patient, name: string, periodMs: number): Promise<Finding[]> {
  const fix =
    'See that Cloud Scheduler has the job, is not paused, and what its log says; npm run ops -- leases list shows who holds it.';
  let silenceMs: number | null;
  try {
    silenceMs = (await Lease.silences({ db }, [name])).get(name) ?? null;
  } catch (error) {
    return [
      error instanceof PermanentFailure
        ? wrong(
            'lease_store',
            `The lease of ${name} does not fit: the job can not run.`,
            `Mend cron_leases/${name} (docs/data-model.md), keeping its token.`,
          )
        : wrong(
            'lease_store',
            'The leases can not be read: no job can run.',
            'See that Firestore answers in this project, and that the functions may use it.',
          ),
    ];
  }
  // On the local stack no scheduler ticks: what has never run is as it should be.
  if (silenceMs === null)
    return periodMs >= MONTH_MS || !isReal ? [] : [wrong('jobs', `${name} has never run.`, fix)];
  if (!isSilent(periodMs, silenceMs)) return [];
  const what = `${name} has not run for ${Math.round(silenceMs / 60_000)} minutes.`;
  return isReal
    ? [wrong('jobs', what, fix)]
    : [{ check: 'jobs', severity: 'warning', what, fix: `Nobody ticks here: npm run job -- ${name}` }];
}

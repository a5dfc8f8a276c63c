import { PermanentFailure } from '../../platform/errors';
import { Lease } from '../../store/lease';
import { type Finding, wrong } from './finding';
import { type Patient } from './patient';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** The store of the leases, and by it whether each job has begun when it should have. */
export async function checkJobs(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all(patient.jobs.map((job) => look(patient, job)));
  // When it can not be read at all, once is enough.
  const seen = new Set<string>();
  return findings.flat().filter(({ what }) => !seen.has(what) && seen.add(what));
}

async function look({ db, now }: Patient, { name, everyMs }: Patient['jobs'][number]): Promise<Finding[]> {
  const run = `See that Cloud Scheduler has the job, is not paused, and what its log says; npm run ops -- leases list shows who holds it.`;
  let begun: Date | null;
  try {
    begun = await Lease.begunAt({ db }, name);
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
  if (begun === null && everyMs >= MONTH_MS) return [];
  if (begun === null) return [wrong('jobs', `${name} has never run.`, run)];
  const late = now.getTime() - begun.getTime() > 2 * everyMs + 10 * 60 * 1000;
  return late ? [wrong('jobs', `${name} has not run since ${begun.toISOString()}.`, run)] : [];
}

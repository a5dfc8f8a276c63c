import { type VNode } from 'preact';
import { JOBS } from '../domain/jobs';
import { useConsole } from '../hooks/useConsole';
import { useLive } from '../hooks/useLive';
import { Waiting } from '../parts/Waiting';
import { queries } from '../store/queries';
import { rows } from '../store/rows';
import { JobItem } from './JobItem';

/** Every job: who holds its lease, and what its last run did. */
export function Jobs(): VNode {
  const { db } = useConsole();
  const live = useLive('leases', () => queries.leases(db), rows.lease);
  return (
    <section aria-labelledby="jobs-title">
      <h1 id="jobs-title">Jobs</h1>
      <Waiting live={live} what="the leases">
        {(leases) => (
          <ul class="rows" aria-label="Jobs">
            {JOBS.map(({ name, everyMinutes }) => (
              <JobItem
                key={name}
                name={name}
                everyMinutes={everyMinutes}
                lease={leases.find(({ id }) => id === name) ?? null}
              />
            ))}
          </ul>
        )}
      </Waiting>
    </section>
  );
}

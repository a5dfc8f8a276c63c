import * as z from 'zod';
import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { escalatePage } from './escalatePage';
import { type EscalationPage } from './escalationPage';

const cursorSchema = z.object({ page: z.int(), after: z.string().nullable() });

/**
 * Looks at every invoice whose moment has come. The first page is the run's own; more go to a queue, each of which
 * hands on the next, and are counted in `cron_runs/{run}/pages`. Where the queue can not be reached the run does them
 * itself, page by page.
 */
export async function processEscalations(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const { runId, token, now } = run;
  const begin = run.cursor === null ? { page: 0, after: null } : cursorSchema.parse(JSON.parse(run.cursor));
  let page: EscalationPage | null = { runId, token, now, ...begin };
  const stop = (): boolean => run.signal.aborted || run.outOfTime();
  while (page !== null) {
    if (stop()) return 'continues';
    const { counts, stopped, next } = await escalatePage(deps, page, stop);
    // Counted when it is done, by whoever goes on.
    if (stopped) return 'continues';
    for (const [what, n] of Object.entries(counts)) run.counts[what] = (run.counts[what] ?? 0) + n;
    page = next;
    if (page !== null) await run.saveCursor(JSON.stringify({ page: page.page, after: page.after }));
  }
  return 'finished';
}

import { londonDay } from '../../domain/londonDay';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument, outcomeOf } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { makePeriod } from './makePeriod';

/** Periods of one recurring invoice that are caught up in one run; more wait for the next. */
const MOST_PERIODS = 12;

/** Makes the invoices of all periods that have begun, each in a commit of its own. */
export async function processRecurringInvoices(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const cutShort: string[] = [];
  const walk = await eachDocument(
    run,
    collections.dueRecurringInvoices(deps.db, londonDay(run.now)),
    async ({ id }) => {
      const outcome = await catchUp(deps, run, id);
      if (outcome === 'templates_left') cutShort.push(id);
      return outcome;
    },
    {
      onError: ({ id }, error) =>
        log.jobItemLeft({
          jobName: 'process-recurring-invoices',
          itemId: id,
          code: error.code,
          cause: error,
        }),
    },
  );
  // Cut short in its last template, it has walked to the end and is not at the end of its work.
  return outcomeOf(cutShort.length > 0 ? { ...walk, outcome: 'continues' } : walk);
}

async function catchUp(deps: Deps, run: JobRun, templateId: string): Promise<string> {
  for (let made = 0; made < MOST_PERIODS; made += 1) {
    if (run.signal.aborted || run.outOfTime()) return 'templates_left';
    const outcome = await makePeriod(deps, templateId, run.now);
    if (outcome === 'nothing_due') return 'templates_done';
    run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
    if (outcome === 'completed' || outcome === 'account_inactive') return 'templates_done';
  }
  return 'templates_caught_up';
}

import * as z from 'zod';
import { londonMonth, monthAfter } from '../../domain/londonDay';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { eachDocument, outcomeOf } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { closeUsage } from './closeUsage';

const stateSchema = z.object({ closedUntil: z.string() });

/** Months that the first run looks back. */
const FIRST_LOOK_MONTHS = 12;

/**
 * Closes the months that are over. There is nothing to reset: each month has counters of its own, and a new one begins
 * at nought whether this runs or not. Begins with the last month that was closed, for a message that was let through in
 * its last second may have been counted after the run; months that an outage left out follow.
 */
export async function resetMonthlyUsage(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const { db } = deps;
  const current = londonMonth(run.now);
  const stateRef = collections.reconciliation(db, 'usage_months');
  const state = decode(stateSchema, await stateRef.get());
  let month = run.cursor ?? state?.closedUntil ?? monthAfter(current, -FIRST_LOOK_MONTHS);
  for (; month < current; month = monthAfter(month, 1)) {
    const walk = await eachDocument(
      run,
      collections.usageOfMonth(db, month),
      ({ ref }) => closeUsage(deps, ref, run.now),
      {
        onError: ({ id }, error) =>
          log.jobItemLeft({ jobName: 'reset-monthly-usage', itemId: id, code: error.code, cause: error }),
      },
    );
    if (outcomeOf(walk) === 'continues') return 'continues';
    await run.saveCursor(month);
    await stateRef.set({ closedUntil: month, updatedAt: run.now });
  }
  return 'finished';
}

import * as z from 'zod';
import { COURTESY_HOUR, DAYS_BEFORE } from '../../domain/courtesy/courtesyNote';
import { dayAfter, londonDay, londonHourOf } from '../../domain/londonDay';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { queueCourtesyNote } from './queueCourtesyNote';

const seenSchema = z.object({ day: z.string(), candidates: z.int() });

/**
 * Queues the courtesy notes of the day: three days before an invoice is due and on the due day, from nine in London on.
 *
 * All of a day's notes fall due at once, so one walk a day is enough. The hourly runs after it count the candidates
 * (one read for a thousand) and walk again only if there are others than before, or if one could not be looked after.
 */
export async function processEmailSequence(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const { db } = deps;
  const day = londonDay(run.now);
  if (run.now < londonHourOf(day, COURTESY_HOUR)) return 'finished';
  const seenRef = collections.reconciliation(db, 'courtesy_notes');
  const query = collections.sentInvoicesDue(db, day, dayAfter(day, DAYS_BEFORE));
  const [seenDoc, counted] = await Promise.all([seenRef.get(), query.count().get()]);
  const seen = decode(seenSchema, seenDoc);
  const { count: candidates } = counted.data();
  if (seen?.day === day && seen.candidates === candidates) return 'finished';
  const { outcome, toTryAgain } = await eachDocument(
    run,
    query,
    ({ id }) => queueCourtesyNote(deps, id, run.now),
    {
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'process-email-sequence', itemId: id, code: error.code, cause: error }),
    },
  );
  // It tells what this walk has seen, whoever holds the lease by now.
  if (outcome === 'finished' && toTryAgain === 0) await seenRef.set({ day, candidates, updatedAt: run.now });
  return outcome;
}

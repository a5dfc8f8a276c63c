import { type DocumentReference, type Query } from 'firebase-admin/firestore';
import { log } from '../../platform/log';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

/**
 * Does `work` for every message that a query finds, page by page, and counts what it says. One that throws is counted,
 * logged and left for the next run: it does not hold up the others.
 */
export async function eachDueMessage(
  run: JobRun,
  query: Query,
  work: (ref: DocumentReference) => Promise<string>,
): Promise<JobOutcome> {
  const { outcome } = await eachDocument(run, query, ({ ref }) => work(ref), {
    onError: ({ id }, error) => log.messageLeft({ outboxId: id, code: error.code, cause: error }),
  });
  return outcome;
}

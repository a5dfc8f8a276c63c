import { type DocumentReference, type Query, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { atOnce } from '../../platform/atOnce';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

const PAGE = 100;
const AT_ONCE = 5;

/**
 * Does `work` for every message that a query finds, page by page, and counts what it says. One that throws is counted,
 * logged and left for the next run: it does not hold up the others.
 */
export async function eachDueMessage(
  run: JobRun,
  query: Query,
  work: (ref: DocumentReference) => Promise<string>,
): Promise<JobOutcome> {
  let after: QueryDocumentSnapshot | undefined;
  for (;;) {
    const limited = query.limit(PAGE);
    const { docs } = await (after === undefined ? limited : limited.startAfter(after)).get();
    for (let n = 0; n < docs.length; n += AT_ONCE) {
      if (run.signal.aborted || run.outOfTime()) return 'continues';
      await atOnce(AT_ONCE, docs.slice(n, n + AT_ONCE), async ({ ref }) => {
        const outcome = await work(ref).catch((error: unknown) => {
          log.messageLeft({ outboxId: ref.id, code: asRecoupError(error).code, cause: error });
          return 'failed';
        });
        run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
      });
    }
    after = docs.at(-1);
    if (docs.length < PAGE) return 'finished';
  }
}

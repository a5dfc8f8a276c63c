import { type DocumentSnapshot, type Query, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { atOnce } from '../platform/atOnce';
import { asRecoupError, type RecoupError, TransientFailure } from '../platform/errors';
import { type JobOutcome, type JobRun } from './runLeasedJob';

/** How a walk through a query's documents ended. */
export interface Walk {
  readonly outcome: JobOutcome;
  /** Documents whose work threw what may go well another time. */
  readonly toTryAgain: number;
}

/** How to walk. */
export interface WalkOptions {
  /** Documents in one page. */
  readonly page?: number;
  /** Documents looked after at the same time. */
  readonly atOnce?: number;
  /** Begin after this one. */
  readonly after?: DocumentSnapshot | undefined;
  /** What threw: it is counted as `failed` and left, and holds up none of the others. */
  readonly onError: (doc: QueryDocumentSnapshot, error: RecoupError) => void;
  /** After each page that was looked after whole. */
  readonly afterPage?: (last: QueryDocumentSnapshot) => Promise<void>;
}

const PAGE = 100;
const AT_ONCE = 5;

/**
 * Does `work` for every document that a query finds, page by page, and counts what it says. Stops between two groups
 * when the lease is lost or the time is used up.
 */
export async function eachDocument(
  run: JobRun,
  query: Query,
  work: (doc: QueryDocumentSnapshot) => Promise<string>,
  options: WalkOptions,
): Promise<Walk> {
  const { page = PAGE, atOnce: limit = AT_ONCE } = options;
  let after = options.after;
  let toTryAgain = 0;
  const tryOne = async (doc: QueryDocumentSnapshot): Promise<string> => {
    try {
      return await work(doc);
    } catch (thrown) {
      const error = asRecoupError(thrown);
      if (error.retryable) toTryAgain += 1;
      options.onError(doc, error);
      return 'failed';
    }
  };
  for (;;) {
    const limited = query.limit(page);
    const { docs } = await (after === undefined ? limited : limited.startAfter(after)).get();
    for (let n = 0; n < docs.length; n += limit) {
      if (run.signal.aborted || run.outOfTime()) return { outcome: 'continues', toTryAgain };
      await atOnce(limit, docs.slice(n, n + limit), async (doc) => {
        const outcome = await tryOne(doc);
        run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
      });
    }
    const last = docs.at(-1);
    if (last !== undefined) await options.afterPage?.(last);
    after = last;
    if (docs.length < page) return { outcome: 'finished', toTryAgain };
  }
}

/**
 * How the job ends after a walk, where the next run is far off.
 *
 * @throws TransientFailure when something was left that may go well at once: the scheduler then tries the run again
 */
export function outcomeOf({ outcome, toTryAgain }: Walk): JobOutcome {
  if (toTryAgain > 0) throw new TransientFailure('items_left', 'Some of the work has to be tried again.');
  return outcome;
}

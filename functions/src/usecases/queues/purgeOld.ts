import { dataEntries, partsOf } from '../../domain/privacy/dataMap';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { deleteRow } from '../privacy/deleteRow';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 20;

/** Deletes rows that are older than their collection's rows are kept, by the data map, with what lies below them. */
export async function purgeOld(deps: Pick<Deps, 'db'>, run: JobRun): Promise<JobOutcome> {
  for (const [name, { retention }] of dataEntries) {
    if (retention.rule !== 'age') continue;
    const before = new Date(run.now.getTime() - retention.days * DAY_MS);
    const { outcome } = await eachDocument(
      run,
      collections.olderThan(deps.db, name, retention.field, before),
      async (doc) => ((await deleteRow(deps, doc, partsOf(name))) ? `aged_${name}` : 'purge_moved_on'),
      {
        atOnce: AT_ONCE,
        onError: (doc, error) =>
          log.jobItemLeft({ jobName: 'maintain-queues', itemId: doc.id, code: error.code, cause: error }),
      },
    );
    if (outcome === 'continues') return 'continues';
  }
  return 'finished';
}

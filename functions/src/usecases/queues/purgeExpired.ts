import { dataEntries, partsOf } from '../../domain/privacy/dataMap';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { deleteRow } from '../privacy/deleteRow';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

const AT_ONCE = 20;

/**
 * Deletes rows whose time is over, with what lies below them. Firestore's own expiry does so too, within a day or more,
 * and leaves what lies below.
 */
export async function purgeExpired(deps: Pick<Deps, 'db'>, run: JobRun): Promise<JobOutcome> {
  for (const [name, { retention }] of dataEntries) {
    if (retention.rule !== 'expires') continue;
    const { outcome } = await eachDocument(
      run,
      collections.expired(deps.db, name, run.now),
      async (doc) => ((await deleteRow(deps, doc, partsOf(name))) ? `purged_${name}` : 'purge_moved_on'),
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

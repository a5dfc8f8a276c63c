import { dataEntries, partsOf } from '../../domain/privacy/dataMap';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { deleteRow } from '../privacy/deleteRow';
import { eachRow } from '../privacy/eachRow';
import { rowsOfOwner } from '../privacy/rowsOfOwner';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

/**
 * Deletes what was kept of closed accounts for as long as records have to be kept, also what came in late; the account
 * itself last, for it says when.
 */
export async function endRecords(deps: Pick<Deps, 'db'>, run: JobRun): Promise<JobOutcome> {
  const cutShort: string[] = [];
  const { outcome } = await eachDocument(
    run,
    collections.recordsToEnd(deps.db, run.now),
    async (account) => {
      for (const [name, { erasure }] of dataEntries) {
        if (name === 'users' || erasure.does === 'survive') continue;
        const rows = rowsOfOwner(deps, name, { uid: account.id, addressHashes: [] });
        const work = async (row: Parameters<typeof deleteRow>[1]): Promise<string> =>
          (await deleteRow(deps, row, partsOf(name))) ? `ended_${name}` : 'purge_moved_on';
        const { ended, failed } = await eachRow(run, rows, work, { jobName: 'maintain-queues' });
        if (ended && failed === 0) continue;
        cutShort.push(account.id);
        return 'ended_accounts_cut_short';
      }
      return (await deleteRow(deps, account, partsOf('users'))) ? 'ended_accounts' : 'purge_moved_on';
    },
    {
      atOnce: 1,
      onError: (doc, error) =>
        log.jobItemLeft({ jobName: 'maintain-queues', itemId: doc.id, code: error.code, cause: error }),
    },
  );
  return cutShort.length > 0 ? 'continues' : outcome;
}

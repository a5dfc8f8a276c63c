import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { eraseAccount } from './eraseAccount';

/** Erases every closed account that is still to be erased, one after the other. */
export async function eraseAccounts(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const cutShort: string[] = [];
  const { outcome } = await eachDocument(
    run,
    collections.accountsToErase(deps.db, run.now),
    async ({ id }) => {
      const erased = await eraseAccount(deps, run, id);
      if (erased === 'accounts_erase_cut_short') cutShort.push(id);
      return erased;
    },
    {
      atOnce: 1,
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'close-accounts', itemId: id, code: error.code, cause: error }),
    },
  );
  return cutShort.length > 0 ? 'continues' : outcome;
}

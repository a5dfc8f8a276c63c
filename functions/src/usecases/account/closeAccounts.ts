import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { workDebtorRequests } from '../privacy/workDebtorRequests';
import { closeAccount } from './closeAccount';
import { eraseAccounts } from './eraseAccounts';

/** Accounts that are closed at the same time: each walks its own invoices, several at once. */
const AT_ONCE = 2;

/**
 * Closes every account whose days of grace are over, then erases what need not be kept of those that are closed, and
 * does what debtors have asked for. One that can not be dealt with now is left for the next hour, and holds up none of the others.
 */
export async function closeAccounts(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const cutShort: string[] = [];
  const { outcome } = await eachDocument(
    run,
    collections.accountsToClose(deps.db, run.now),
    async ({ id }) => {
      const closed = await closeAccount(deps, run, id);
      if (closed === 'accounts_cut_short') cutShort.push(id);
      return closed;
    },
    {
      atOnce: AT_ONCE,
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'close-accounts', itemId: id, code: error.code, cause: error }),
    },
  );
  if (cutShort.length > 0 || outcome === 'continues') return 'continues';
  for (const step of [eraseAccounts, workDebtorRequests]) {
    if ((await step(deps, run)) === 'continues') return 'continues';
  }
  return 'finished';
}

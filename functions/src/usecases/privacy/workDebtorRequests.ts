import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { carryOutDebtorRequest } from './carryOutDebtorRequest';

/** Goes on with what debtors have asked for and the call could not finish, or what waited for open invoices. */
export async function workDebtorRequests(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const { outcome } = await eachDocument(
    run,
    collections.debtorRequestsDue(deps.db, run.now),
    ({ ref }) => carryOutDebtorRequest(deps, run, ref),
    {
      atOnce: 1,
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'close-accounts', itemId: id, code: error.code, cause: error }),
    },
  );
  return outcome;
}

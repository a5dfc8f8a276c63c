import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { documentsOf } from './documentsOf';
import { eachRow } from './eachRow';
import { eraseContent } from './eraseContent';
import { fieldsGone } from './fieldsGone';
import { isSettled } from './isSettled';
import { isToFreelancer } from './isToFreelancer';
import { stripRow } from './stripRow';

/**
 * Takes a debtor's contact data out of a settled invoice, out of the answers about it, and out of what was written to him
 * about it: text messages are filed under his number, to which only the invoice leads. The invoice comes last, once
 * nothing else is left: as long as it carries the address, it is found again.
 */
export async function eraseFromInvoice(
  deps: Deps,
  run: Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>,
  row: DocumentSnapshot,
): Promise<'invoices_erased' | 'invoices_open' | 'invoices_with_messages'> {
  if (!isSettled(row)) return 'invoices_open';
  const eachOf = async (
    rows: AsyncIterable<DocumentSnapshot>,
    work: (one: DocumentSnapshot) => Promise<string>,
  ): Promise<void> => {
    const { ended, failed } = await eachRow(run, rows, work, { jobName: 'debtor-rights' });
    if (!ended || failed > 0) throw new Error('not all that is about an invoice could be erased');
  };
  await eachOf(documentsOf(collections.repliesAbout(deps.db, row.id)), async ({ ref }) =>
    (await stripRow(deps, ref, fieldsGone('sms_replies'))) ? 'replies_erased' : 'replies_kept',
  );
  let kept = 0;
  await eachOf(documentsOf(collections.messagesOfInvoice(deps.db, row.id)), async (message) => {
    if (isToFreelancer(message)) return 'contents_of_others';
    const outcome = await eraseContent(deps, message);
    if (outcome === 'contents_kept') kept += 1;
    return outcome;
  });
  if (kept > 0) return 'invoices_with_messages';
  const erased = await stripRow(deps, row.ref, fieldsGone('invoices'), isSettled);
  crashPoint('erase-debtor.after-invoice');
  // Opened again meanwhile.
  return erased ? 'invoices_erased' : 'invoices_open';
}

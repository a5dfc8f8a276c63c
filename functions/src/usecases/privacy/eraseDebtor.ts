import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { contactFieldsOf } from '../../domain/contact/contactFieldsOf';
import { contactSchemas } from '../../domain/contact/contactSchemas';
import { dataMap } from '../../domain/privacy/dataMap';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { type Debtor } from './debtor';
import { documentsOf } from './documentsOf';
import { eachRow } from './eachRow';
import { type Look } from './look';
import { addressedCollections, carries, rowsOfAddress } from './rowsOfAddress';
import { nothingOf, stripRow } from './stripRow';

/** Statuses of an invoice that is a claim still: what it needs is kept. Drafts carry no contact data. */
const OPEN: readonly unknown[] = ['sent', 'overdue', 'in_collections', 'disputed'];

/** Who a client was, once he has asked for erasure; a client's name may not be empty. */
const ERASED_NAME = 'Erased on request';

/** Rows, and what is done with each. */
type Step = [rows: AsyncIterable<DocumentSnapshot>, work: (row: DocumentSnapshot) => Promise<string>];

type Run = Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>;

/**
 * Takes a debtor's contact data out of whatever need not keep it: settled invoices with the answers about them, payment
 * messages, contents of messages that are done with, and clients without an open invoice.
 */
export async function eraseDebtor(deps: Deps, run: Run, debtor: Debtor): Promise<Look> {
  const { db } = deps;
  let openInvoices = 0;
  let keptClients = 0;
  const steps: Step[] = [
    [
      rowsOfAddress(deps, 'invoices', debtor),
      async (row) => {
        const outcome = isSettled(row) ? await eraseFromInvoice(deps, run, row) : 'invoices_open';
        if (outcome !== 'invoices_erased') openInvoices += 1;
        return outcome;
      },
    ],
    ...(['payment_claims', 'payment_confirmations'] as const).map((name): Step => [
      rowsOfAddress(deps, name, debtor),
      (row) => eraseFromClaim(deps, name, row),
    ]),
    [documentsOf(collections.messagesOfAddress(db, debtor.hashes)), (row) => eraseContent(deps, row)],
    [
      rowsOfAddress(deps, 'clients', debtor),
      async (row) => {
        const outcome = await eraseClient(deps, row, debtor);
        if (outcome === 'clients_kept') keptClients += 1;
        return outcome;
      },
    ],
  ];
  for (const [rows, work] of steps) {
    const { ended, failed } = await eachRow(run, rows, work, { jobName: 'debtor-rights' });
    if (!ended || failed > 0) return { complete: false, openInvoices };
  }
  // One that is kept for an invoice which went to another address waits as well.
  return { complete: true, openInvoices: Math.max(openInvoices, keptClients) };
}

/** Whether an address stands anywhere, be it where it is kept for a claim. */
export async function holdsOf(deps: Pick<Deps, 'db'>, debtor: Debtor): Promise<boolean> {
  const first = await Promise.all(
    addressedCollections.map((name) => rowsOfAddress(deps, name, debtor).next()),
  );
  return first.some(({ done }) => done !== true);
}

const isSettled = (row: DocumentSnapshot): boolean => !OPEN.includes(row.get('status'));

/** The invoice last: as long as it carries the address, it is found again. */
async function eraseFromInvoice(deps: Deps, run: Run, row: DocumentSnapshot): Promise<string> {
  const replies = documentsOf(collections.repliesAbout(deps.db, row.id));
  const { ended, failed } = await eachRow(
    run,
    replies,
    async ({ ref }) =>
      (await stripRow(deps, ref, fieldsGone('sms_replies'))) ? 'replies_erased' : 'replies_kept',
    { jobName: 'debtor-rights' },
  );
  if (!ended || failed > 0) throw new Error('not all answers about an invoice could be erased');
  const erased = await stripRow(deps, row.ref, fieldsGone('invoices'), isSettled);
  crashPoint('erase-debtor.after-invoice');
  // Opened again meanwhile.
  return erased ? 'invoices_erased' : 'invoices_open';
}

async function eraseFromClaim(
  deps: Deps,
  name: 'payment_claims' | 'payment_confirmations',
  row: DocumentSnapshot,
): Promise<string> {
  if (await isAboutOpenInvoice(deps, row)) return 'claims_kept';
  return (await stripRow(deps, row.ref, fieldsGone(name))) ? 'claims_erased' : 'claims_kept';
}

/** Of a message that is done with only the address and the values go; that it was sent is kept until it expires. */
async function eraseContent(deps: Deps, row: DocumentSnapshot): Promise<string> {
  if (row.get('expiresAt') == null || (await isAboutOpenInvoice(deps, row))) return 'contents_kept';
  await collections.privatePart(row.ref, 'content').delete();
  return 'contents_erased';
}

async function isAboutOpenInvoice({ db }: Pick<Deps, 'db'>, row: DocumentSnapshot): Promise<boolean> {
  const invoiceId: unknown = row.get('invoiceId');
  if (typeof invoiceId !== 'string' || invoiceId === '') return false;
  return OPEN.includes((await collections.invoice(db, invoiceId).get()).get('status'));
}

function eraseClient(
  deps: Deps,
  { ref }: { readonly ref: DocumentReference },
  debtor: Debtor,
): Promise<string> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(ref);
    const freelancerId: unknown = unit.snapshot(ref).get('freelancerId');
    if (typeof freelancerId !== 'string' || !carries('clients', unit.snapshot(ref), debtor))
      return 'clients_moved_on';
    const open = await collections.openInvoicesOfClient(db, freelancerId, ref.id).limit(1).get();
    if (!open.empty) return 'clients_kept';
    const now = deps.clock.now();
    const gone = nothingOf(unit.snapshot(ref), ['company', ...contactFieldsOf(contactSchemas.clients)]);
    unit.update(ref, { ...gone, name: ERASED_NAME, contactErasedAt: now, updatedAt: now });
    // Not the request's time: while it waits, the freelancer may save the client again, who is then erased again.
    unit.create(collections.notification(db, `client_erased_${now.getTime()}_${ref.id}`), {
      freelancerId,
      type: 'client_erased',
      title: "A client's contact data was erased",
      message: 'A client without open invoices has asked for it. Invoices and payments stay as they are.',
      clientId: ref.id,
      read: false,
      createdAt: now,
    });
    crashPoint('erase-debtor.before-client');
    await unit.commit();
    crashPoint('erase-debtor.after-client');
    return 'clients_erased';
  });
}

/** The fields that go from a row that is kept, as the data map says. */
function fieldsGone(name: string): readonly string[] {
  const erasure = dataMap[name]?.erasure;
  return erasure?.does === 'strip' ? erasure.fields : [];
}

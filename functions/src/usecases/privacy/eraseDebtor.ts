import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { contactFieldsOf } from '../../domain/contact/contactFieldsOf';
import { contactSchemas } from '../../domain/contact/contactSchemas';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { type Debtor } from './debtor';
import { documentsOf } from './documentsOf';
import { eachRow } from './eachRow';
import { eraseContent } from './eraseContent';
import { eraseFromInvoice } from './eraseFromInvoice';
import { fieldsGone } from './fieldsGone';
import { isAboutOpenInvoice } from './isAboutOpenInvoice';
import { type Look } from './look';
import { addressedCollections, carries, rowsOfAddress } from './rowsOfAddress';
import { nothingOf, stripRow } from './stripRow';

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
  let keptMessages = 0;
  const steps: Step[] = [
    [
      rowsOfAddress(deps, 'invoices', debtor),
      async (row) => {
        const outcome = await eraseFromInvoice(deps, run, row);
        if (outcome === 'invoices_open') openInvoices += 1;
        if (outcome === 'invoices_with_messages') keptMessages += 1;
        return outcome;
      },
    ],
    ...(['payment_claims', 'payment_confirmations'] as const).map((name): Step => [
      rowsOfAddress(deps, name, debtor),
      (row) => eraseFromClaim(deps, name, row),
    ]),
    [
      documentsOf(collections.messagesOfAddress(db, debtor.hashes)),
      async (row) => {
        const outcome = await eraseContent(deps, row);
        if (outcome === 'contents_kept') keptMessages += 1;
        return outcome;
      },
    ],
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
    if (!ended || failed > 0) return { complete: false, openInvoices, keptMessages };
  }
  // One that is kept for an invoice which went to another address waits as well.
  return { complete: true, openInvoices: Math.max(openInvoices, keptClients), keptMessages };
}

/** Whether an address stands anywhere, be it where it is kept for a claim. */
export async function holdsOf(deps: Pick<Deps, 'db'>, debtor: Debtor): Promise<boolean> {
  const first = await Promise.all(
    addressedCollections.map((name) => rowsOfAddress(deps, name, debtor).next()),
  );
  return first.some(({ done }) => done !== true);
}

async function eraseFromClaim(
  deps: Deps,
  name: 'payment_claims' | 'payment_confirmations',
  row: DocumentSnapshot,
): Promise<string> {
  if (await isAboutOpenInvoice(deps, row)) return 'claims_kept';
  return (await stripRow(deps, row.ref, fieldsGone(name))) ? 'claims_erased' : 'claims_kept';
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

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { invoiceStatuses } from '../../domain/invoice/invoice';
import { isVisibleToDebtor } from '../../domain/invoice/visibleToDebtor';
import { type AccessPage, accessNotes } from '../../domain/privacy/debtorRights';
import { type ExportRecord, FORMAT_VERSION } from '../../domain/privacy/exportFormat';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { type Debtor } from './debtor';
import { documentsOf } from './documentsOf';
import { fieldsOf } from './fieldsOf';
import { pageOf, type RecordSource } from './pageOf';

/** What a debtor sees of each record. What is the freelancer's alone, or the server's, is not among it. */
const SHOWN = {
  invoices: [
    'reference',
    'clientName',
    'clientEmail',
    'clientPhone',
    'amount',
    'amountPaid',
    'amountRefunded',
    'currency',
    'status',
    'issueDate',
    'dueDate',
    'items',
    'sentAt',
    'paidAt',
    'paymentClaimStatus',
    'dispute',
  ],
  claims: [
    'invoiceId',
    'clientEmail',
    'amount',
    'currency',
    'method',
    'paidOn',
    'reference',
    'status',
    'rejectionReason',
    'verifiedAmount',
    'verificationDeadline',
    'createdAt',
    'answeredAt',
  ],
  clients: [
    'name',
    'company',
    'email',
    'phone',
    'debtorKind',
    'contactPermissions',
    'createdAt',
    'updatedAt',
  ],
  outbox: ['template', 'channel', 'status', 'invoiceId', 'createdAt'],
  email_suppressions: ['status', 'reason', 'since'],
  debtor_requests: ['kind', 'requestedAt', 'doneAt', 'openInvoices'],
} as const;

/** Of messages, those that went out, or may have. */
const WENT_OUT: readonly unknown[] = ['sent', 'delivered', 'failed', 'unknown'];
const TO_DEBTORS: readonly unknown[] = ['dunning', 'courtesy', 'debtor_service'];

/**
 * A page of what is held about an address over all freelancers' records, as far as its owner may see it.
 *
 * @throws BadInputError for a cursor that is not one of ours
 */
export async function accessOf(deps: Deps, debtor: Debtor, cursor: string | null): Promise<AccessPage> {
  return {
    kind: 'access',
    formatVersion: FORMAT_VERSION,
    generatedAt: deps.clock.now().toISOString(),
    email: debtor.email,
    notes: cursor === null ? [...accessNotes] : [],
    ...(await pageOf(deps, sourcesOf(deps, debtor), cursor)),
  };
}

function sourcesOf(deps: Deps, { email, addressHash }: Debtor): RecordSource[] {
  const { db } = deps;
  const businessOf = businesses(deps);
  const withBusiness = (fields: readonly string[]) => async (row: DocumentSnapshot) => ({
    business: await businessOf(row.get('freelancerId')),
    ...only(fields, row),
  });
  const claims = (name: 'payment_claims' | 'payment_confirmations'): RecordSource => ({
    collection: name,
    rows: (after) => documentsOf(collections.claimsOfAddress(db, name, email), after),
    show: withBusiness(SHOWN.claims),
  });
  const requests = (['erasure', 'objection'] as const).map((kind) =>
    collections.debtorRequest(db, kind, addressHash),
  );
  return [
    {
      collection: 'invoices',
      rows: (after) => documentsOf(collections.invoicesOfAddress(db, email), after),
      show: (row) => (isVisible(row) ? withBusiness(SHOWN.invoices)(row) : null),
    },
    claims('payment_claims'),
    claims('payment_confirmations'),
    {
      collection: 'clients',
      rows: (after) => documentsOf(collections.clientsOfAddress(db, email), after),
      show: withBusiness(SHOWN.clients),
    },
    {
      collection: 'outbox',
      rows: (after) => documentsOf(collections.messagesOfAddress(db, addressHash), after),
      show: (row) =>
        WENT_OUT.includes(row.get('status')) && TO_DEBTORS.includes(row.get('class'))
          ? withBusiness(SHOWN.outbox)(row)
          : null,
    },
    {
      collection: 'email_suppressions',
      rows: (after) => found(deps, [collections.emailSuppression(db, addressHash)], after),
      show: (row) => only(SHOWN.email_suppressions, row),
    },
    {
      collection: 'debtor_requests',
      rows: (after) => found(deps, requests, after),
      show: (row) => only(SHOWN.debtor_requests, row),
    },
  ];
}

function isVisible(row: DocumentSnapshot): boolean {
  const status = invoiceStatuses.find((one) => one === row.get('status'));
  return status !== undefined && isVisibleToDebtor(status);
}

function only(fields: readonly string[], row: DocumentSnapshot): ExportRecord['data'] {
  return Object.fromEntries(Object.entries(fieldsOf(row)).filter(([field]) => fields.includes(field)));
}

async function* found(
  { db }: Pick<Deps, 'db'>,
  refs: readonly DocumentSnapshot['ref'][],
  after: string | null,
): AsyncGenerator<DocumentSnapshot> {
  const places = refs.map(({ path }) => path);
  const left = after === null ? refs : refs.slice(places.indexOf(after) + 1);
  if (left.length === 0) return;
  for (const snapshot of await db.getAll(...left)) if (snapshot.exists) yield snapshot;
}

/** The name under which a freelancer works, looked up once for an answer. */
function businesses({ db }: Pick<Deps, 'db'>): (freelancerId: unknown) => Promise<string | null> {
  const known = new Map<string, Promise<string | null>>();
  return (freelancerId) => {
    if (typeof freelancerId !== 'string' || freelancerId === '') return Promise.resolve(null);
    const lookUp = async (): Promise<string | null> => {
      const user = await collections.user(db, freelancerId).get();
      const name: unknown = user.get('businessName') ?? user.get('name');
      return typeof name === 'string' ? name : null;
    };
    const name = known.get(freelancerId) ?? lookUp();
    known.set(freelancerId, name);
    return name;
  };
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { contactSchemas } from '../../domain/contact/contactSchemas';
import { piiFieldsOf } from '../../domain/contact/pii';
import { invoiceStatuses } from '../../domain/invoice/invoice';
import { isVisibleToDebtor } from '../../domain/invoice/visibleToDebtor';
import { type AccessPage, accessNotes, debtorRequestKinds } from '../../domain/privacy/debtorRights';
import { type ExportRecord, FORMAT_VERSION } from '../../domain/privacy/exportFormat';
import { SHOWN_TO_DEBTORS as SHOWN } from '../../domain/privacy/shownToDebtors';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { type Debtor } from './debtor';
import { documentsOf } from './documentsOf';
import { fieldsOf } from './fieldsOf';
import { type OpenedRow, openRow, UNREADABLE_NOTE } from './openRow';
import { pageOf, type RecordSource } from './pageOf';
import { rowsAt } from './rowsAt';
import { type AddressedCollection, addressFieldOf, rowsOfAddress } from './rowsOfAddress';

/** Of messages, those that went out, or may have. */
const WENT_OUT: readonly unknown[] = ['sent', 'delivered', 'failed', 'unknown'];
const TO_DEBTORS: readonly unknown[] = ['dunning', 'courtesy', 'debtor_service'];

/**
 * A page of what is held about an address over all freelancers' records, as far as its owner may see it. What is sealed
 * is opened for him, where it is his.
 *
 * @throws BadInputError for a cursor that is not one of ours, TransientFailure `contact_key_unavailable`
 */
export async function accessOf(deps: Deps, debtor: Debtor, cursor: string | null): Promise<AccessPage> {
  const unreadable = new Set<string>();
  const page = await pageOf(deps, sourcesOf(deps, debtor, unreadable), cursor);
  const gone = page.records.map(({ path }) => path).filter((path) => unreadable.has(path));
  return {
    kind: 'access',
    formatVersion: FORMAT_VERSION,
    generatedAt: deps.clock.now().toISOString(),
    email: debtor.email,
    notes: [
      ...(cursor === null ? accessNotes : []),
      ...(gone.length === 0 ? [] : [UNREADABLE_NOTE + gone.join(', ')]),
    ],
    ...page,
  };
}

function sourcesOf(deps: Deps, debtor: Debtor, unreadable: Set<string>): RecordSource[] {
  const { db } = deps;
  const businessOf = businesses(deps);
  const withBusiness = async (row: DocumentSnapshot, data: ExportRecord['data']) => ({
    business: await businessOf(row.get('freelancerId')),
    ...data,
  });
  const addressed = (
    name: AddressedCollection,
    fields: readonly string[],
    isSeen: (row: DocumentSnapshot) => boolean = () => true,
  ): RecordSource => ({
    collection: name,
    rows: (after) => rowsOfAddress(deps, name, debtor, after),
    show: async (row) => {
      const opened = isSeen(row) ? await openOwn(deps, name, row, debtor) : null;
      if (opened === null) return null;
      if (opened.unreadable.length > 0) unreadable.add(row.ref.path);
      return withBusiness(row, only(fields, opened.data));
    },
  });
  const requests = debtor.hashes.flatMap((hash) =>
    debtorRequestKinds.map((kind) => collections.debtorRequest(db, kind, hash)),
  );
  const suppressions = debtor.hashes.map((hash) => collections.emailSuppression(db, hash));
  return [
    addressed('invoices', SHOWN.invoices, isVisible),
    addressed('payment_claims', SHOWN.claims),
    addressed('payment_confirmations', SHOWN.claims),
    addressed('clients', SHOWN.clients),
    {
      collection: 'outbox',
      rows: (after) => documentsOf(collections.messagesOfAddress(db, debtor.hashes), after),
      show: (row) =>
        WENT_OUT.includes(row.get('status')) && TO_DEBTORS.includes(row.get('class'))
          ? withBusiness(row, only(SHOWN.outbox, fieldsOf(row)))
          : null,
    },
    {
      collection: 'email_suppressions',
      rows: (after) => rowsAt(deps, suppressions, after),
      show: (row) => only(SHOWN.email_suppressions, fieldsOf(row)),
    },
    {
      collection: 'debtor_requests',
      rows: (after) => rowsAt(deps, requests, after),
      show: (row) => only(SHOWN.debtor_requests, fieldsOf(row)),
    },
  ];
}

/**
 * A row that was found by the address, opened. One that holds another's address after all is not shown; where the address
 * can not be opened, nothing beside it is shown as his either.
 */
async function openOwn(
  deps: Deps,
  name: AddressedCollection,
  row: DocumentSnapshot,
  { email }: Debtor,
): Promise<OpenedRow | null> {
  const { data, unreadable } = await openRow(deps, name, row);
  const address = data[addressFieldOf(name)];
  if (typeof address === 'string') return canonical(address) === email ? { data, unreadable } : null;
  const hidden = piiFieldsOf(contactSchemas[name]).filter(({ field }) => field in data);
  return {
    data: { ...data, ...Object.fromEntries(hidden.map(({ field }) => [field, null])) },
    unreadable,
  };
}

const canonical = (address: string): string => address.trim().toLowerCase();

function isVisible(row: DocumentSnapshot): boolean {
  const status = invoiceStatuses.find((one) => one === row.get('status'));
  return status !== undefined && isVisibleToDebtor(status);
}

function only(fields: readonly string[], data: ExportRecord['data']): ExportRecord['data'] {
  return Object.fromEntries(Object.entries(data).filter(([field]) => fields.includes(field)));
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

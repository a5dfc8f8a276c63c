import { type DocumentSnapshot, type Query, type Transaction } from 'firebase-admin/firestore';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { type Debtor } from './debtor';

/** Where debtors' addresses stand, by collection. */
const ADDRESS_FIELDS = {
  invoices: 'clientEmail',
  payment_claims: 'clientEmail',
  payment_confirmations: 'clientEmail',
  clients: 'email',
} as const;

export type AddressedCollection = keyof typeof ADDRESS_FIELDS;

export const addressedCollections = Object.keys(ADDRESS_FIELDS) as readonly AddressedCollection[];

/** The field of a collection that holds the address. */
export const addressFieldOf = (name: AddressedCollection): string => ADDRESS_FIELDS[name];

/** Documents read in one round trip, of each form. */
const PAGE = 50;

/**
 * Rows of a collection that carry this address, whosever they are, in the order of their ids, behind the one at that path
 * if there is one. Where both forms are looked for, each page of both is read at one moment: a row that somebody seals
 * meanwhile, or brings back, is found in one of the two, and once.
 */
export async function* rowsOfAddress(
  { db }: Pick<Deps, 'db'>,
  name: AddressedCollection,
  { email, hashes, forms }: Debtor,
  after: string | null = null,
): AsyncGenerator<DocumentSnapshot> {
  const field = ADDRESS_FIELDS[name];
  const queries = [
    ...(forms.looksForClear ? [collections.carryingAddress(db, name, field, email)] : []),
    ...(forms.looksForSealed ? [collections.carryingHash(db, name, field, hashes)] : []),
  ];
  let last = after === null ? null : db.doc(after);
  for (;;) {
    const limited = queries.map((query) => {
      const limit = query.limit(PAGE);
      return last === null ? limit : limit.startAfter(last);
    });
    const pages =
      queries.length > 1
        ? await db.runTransaction((moment) => readAll(moment, limited), { readOnly: true })
        : await Promise.all(limited.map(async (query) => (await query.get()).docs));
    const rows = mergeById(pages);
    yield* rows;
    last = rows.at(-1)?.ref ?? last;
    if (pages.every((docs) => docs.length < PAGE)) return;
  }
}

/** Whether a row still carries the address, in either form. */
export function carries(
  name: AddressedCollection,
  row: DocumentSnapshot,
  { email, hashes }: Debtor,
): boolean {
  const field = ADDRESS_FIELDS[name];
  const hash: unknown = row.get(`${field}Hash`);
  return row.get(field) === email || (typeof hash === 'string' && hashes.includes(hash));
}

async function readAll(moment: Transaction, queries: readonly Query[]): Promise<DocumentSnapshot[][]> {
  return (await Promise.all(queries.map((query) => moment.get(query)))).map(({ docs }) => docs);
}

/** Up to where every query has been looked through, each row once: behind a full page there may be more of its form. */
function mergeById(pages: readonly DocumentSnapshot[][]): DocumentSnapshot[] {
  const ends = pages.flatMap((docs) => (docs.length < PAGE ? [] : (docs.at(-1) ?? [])));
  const byId = new Map(pages.flat().map((row) => [row.id, row]));
  return [...byId.values()].filter((row) => ends.every((end) => byIdOrder(row, end) <= 0)).sort(byIdOrder);
}

/** As Firestore sorts ids: by their bytes. */
function byIdOrder(one: DocumentSnapshot, other: DocumentSnapshot): number {
  return Buffer.compare(Buffer.from(one.id), Buffer.from(other.id));
}

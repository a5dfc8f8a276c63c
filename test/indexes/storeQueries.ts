import { CollectionReference, type Firestore, Query } from 'firebase-admin/firestore';
import { dataEntries } from '../../functions/src/domain/privacy/dataMap';
import { collections } from '../../functions/src/store/collections';
import { addressedCollections, addressFieldOf } from '../../functions/src/usecases/privacy/rowsOfAddress';

type Calls = readonly (readonly unknown[])[];

// The data map's walks ask every collection that it says so of.
const rowsOfCalls: Calls = dataEntries.flatMap(([name, { owner }]) =>
  owner?.by === 'field' ? [[name, owner.field, 'anything']] : [],
);
const olderThanCalls: Calls = dataEntries.flatMap(([name, { retention }]) =>
  retention.rule === 'age' ? [[name, retention.field, new Date()]] : [],
);
const expiredCalls: Calls = dataEntries.flatMap(([name, { retention }]) =>
  retention.rule === 'expires' ? [[name, 'anything']] : [],
);
const addressCalls = addressedCollections.map((name) => [name, addressFieldOf(name)] as const);

/**
 * Stands for an argument where a query is built: values make no difference to indexes. A builder that needs another kind
 * of argument, or builds another query for another argument, lists its calls here.
 */
const CALLS: Readonly<Record<string, Calls>> = {
  rowsOf: rowsOfCalls,
  olderThan: olderThanCalls,
  claimsAbout: [
    ['processed_events', 'outboxId', ['anything']],
    ['processed_events', 'invoiceId', ['anything']],
  ],
  carryingAddress: addressCalls.map(([name, field]) => [name, field, 'anything']),
  carryingHash: addressCalls.map(([name, field]) => [name, field, ['a hash', 'another']]),
  messagesOfAddress: [[['a hash', 'another']]],
  everyIn: [['clients']],
  ownedIn: [['clients', 'anything']],
  beginningWith: [
    ['invoices', 'clientPhoneHash', 'v1_'],
    ['recipients', '__name__', 'sms_v1_'],
  ],
  optOutAuditOf: [[['a number', 'a hash']]],
  openInvoicesOfPhoneHash: [[['a hash', 'another']]],
  below: [
    ['users/anybody', 'sent'],
    ['usage/any', 'invoices'],
  ],
  expired: expiredCalls,
};
const ANYTHING = ['anything', 'anything', 'anything', 'anything'];

export interface StoreQuery {
  readonly name: string;
  readonly query: Query;
}

/** Every query that the server builds. */
export function storeQueries(db: Firestore): StoreQuery[] {
  return Object.entries(collections).flatMap(([name, build]) =>
    (CALLS[name] ?? [ANYTHING]).flatMap((more) => {
      const built = callWith(name, build as (...all: unknown[]) => unknown, [db, ...more]);
      // A plain collection or document is not a query: it uses no index.
      return built instanceof Query && !(built instanceof CollectionReference)
        ? [{ name, query: built }]
        : [];
    }),
  );
}

function callWith(name: string, build: (...all: unknown[]) => unknown, all: readonly unknown[]): unknown {
  try {
    return build(...all);
  } catch (error) {
    throw new Error(
      `collections.${name} needs arguments of its own: list them in test/indexes/storeQueries.ts`,
      {
        cause: error,
      },
    );
  }
}

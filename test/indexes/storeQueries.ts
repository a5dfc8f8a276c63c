import { CollectionReference, type Firestore, Query } from 'firebase-admin/firestore';
import { collections } from '../../functions/src/store/collections';

/**
 * Stands for an argument where a query is built: values make no difference to indexes. A builder that needs another kind
 * of argument, or builds another query for another argument, lists its calls here.
 */
const CALLS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  expired: [
    ['processed_events', 'anything'],
    ['failed_webhooks', 'anything'],
    ['outbox', 'anything'],
    ['cron_runs', 'anything'],
    ['sms_replies', 'anything'],
    ['checkout_expiries', 'anything'],
  ],
  claimsAbout: [
    ['processed_events', 'outboxId', ['anything']],
    ['processed_events', 'invoiceId', ['anything']],
  ],
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

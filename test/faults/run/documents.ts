import { type DocumentData, type Firestore } from 'firebase-admin/firestore';

/** Collections that lie below others' documents, and whose. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  outbox: ['private'],
  usage: ['invoices'],
  cron_runs: ['pages'],
};

/** Every document of a project, by its path; instants as dates. */
export async function everyDocument(db: Firestore): Promise<Map<string, DocumentData>> {
  const found = new Map<string, DocumentData>();
  const top = await db.listCollections();
  const below = [...new Set(top.flatMap(({ id }) => BELOW[id] ?? []))].map((id) => db.collectionGroup(id));
  for (const { docs } of await Promise.all([...top, ...below].map((one) => one.get()))) {
    for (const doc of docs) found.set(doc.ref.path, withDates(doc.data()) as DocumentData);
  }
  return found;
}

function withDates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('toDate' in value && typeof value.toDate === 'function') return (value as { toDate(): Date }).toDate();
  if (Array.isArray(value)) return value.map(withDates);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withDates(inner)]));
}

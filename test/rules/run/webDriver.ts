import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import {
  collection,
  collectionGroup,
  deleteDoc,
  deleteField,
  doc,
  documentId,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  query,
  setDoc,
  setLogLevel,
  Timestamp,
  updateDoc,
  where,
  writeBatch,
} from 'firebase/firestore';
import { type Case, type Data, GONE, type Value } from '../model/case';
import { type Auth, everyone, type Persona, personas } from '../model/personas';
import { type Driver, type Outcome } from './driver';

/** Questions through the web client's own SDK, with one signed-in client for each persona. */
export async function webDriver(
  host: string,
  projectId: string,
  rules: string,
): Promise<Driver & { stop(): Promise<void> }> {
  // A refusal is what half of the cases expect: the SDK would print each.
  setLogLevel('silent');
  const [name = '', port] = host.split(':');
  const environment = await initializeTestEnvironment({
    projectId,
    firestore: { host: name, port: Number(port), rules },
  });
  await environment.clearFirestore();
  const clients = new Map(everyone.map((who) => [who, clientOf(environment, who)]));
  return {
    ask: async (question) => {
      const db = clients.get(question.who);
      if (db === undefined) return { trouble: `no such persona: ${question.who}` };
      return outcomeOf(perform(db, question));
    },
    write: (documents) =>
      environment.withSecurityRulesDisabled(async (context) => {
        const db = context.firestore() as unknown as Firestore;
        const entries = [...documents];
        for (let at = 0; at < entries.length; at += 400) {
          const batch = writeBatch(db);
          for (const [path, data] of entries.slice(at, at + 400)) {
            if (data == null) batch.delete(doc(db, path));
            else batch.set(doc(db, path), toSdk(data));
          }
          await batch.commit();
        }
      }),
    stop: () => environment.cleanup(),
  };
}

/** The library's types are those of the SDK's older interface; what it gives back is the modular one's. */
function clientOf(environment: RulesTestEnvironment, who: Persona): Firestore {
  const auth: Auth = personas[who];
  const context =
    auth === null
      ? environment.unauthenticatedContext()
      : environment.authenticatedContext(auth.uid, { ...auth.claims });
  return context.firestore() as unknown as Firestore;
}

async function perform(
  db: Firestore,
  { op, path, data = {}, filters = [], group, together }: Case,
): Promise<unknown> {
  if (together !== undefined) {
    const batch = writeBatch(db).set(doc(db, path), toSdk(data));
    for (const [other, its] of Object.entries(together)) batch.set(doc(db, other), toSdk(its));
    return batch.commit();
  }
  switch (op) {
    case 'get':
      return getDocFromServer(doc(db, path));
    case 'list':
      return getDocsFromServer(
        query(
          group === true ? collectionGroup(db, path) : collection(db, path),
          ...filters.map(({ field, op: compare, value }) =>
            where(field === '__name__' ? documentId() : field, compare, value),
          ),
        ),
      );
    case 'create':
      return setDoc(doc(db, path), toSdk(data));
    case 'update':
      return updateDoc(doc(db, path), toSdk(data));
    case 'delete':
      return deleteDoc(doc(db, path));
  }
}

async function outcomeOf(action: Promise<unknown>): Promise<Outcome> {
  try {
    await action;
    return 'allowed';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'permission-denied') return 'denied';
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

function toSdk(data: Data): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, sdkValue(value)]));
}

function sdkValue(value: Value): unknown {
  if (value === GONE) return deleteField();
  if (value instanceof Date) return Timestamp.fromDate(value);
  return value;
}

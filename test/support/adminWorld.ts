import { type DocumentData } from 'firebase-admin/firestore';
import { type CallAnswer } from './callFunction';
import { type CallWorld, startCallWorld } from './callWorld';
import { newId } from './stripeEvents';

/** Callables for admins, and an admin who calls them. */
export interface AdminWorld<Call extends string> extends CallWorld {
  /** The admin's uid. */
  readonly admin: string;
  /** Somebody else whose record makes him an admin, unless the fields say otherwise. @returns uid */
  newAdmin(fields?: object): Promise<string>;
  /** Calls as the admin. */
  ask(name: Call, data: object): Promise<CallAnswer>;
  /** Calls as the admin. @returns code and words of the refusal */
  refusalOf(name: Call, data: object): Promise<unknown>;
  /** Rows of the audit log about this target. */
  auditOf(action: string, target: string): Promise<DocumentData[]>;
}

/** Serves these callables, the first one behind `harness.webhook`. */
export async function startAdminWorld<Call extends string>(
  ...[first, ...others]: readonly [Call, ...Call[]]
): Promise<AdminWorld<Call>> {
  const world = await startCallWorld(first, ...others);
  const { db } = world.harness;
  const newAdmin = async (fields: object = {}): Promise<string> => {
    const uid = newId('admin');
    await db.doc(`users/${uid}`).set({ role: 'admin', ...fields });
    return uid;
  };
  const admin = await newAdmin();
  const ask = (name: Call, data: object): Promise<CallAnswer> =>
    world.call(name, admin, data, { admin: true });
  return {
    ...world,
    admin,
    newAdmin,
    ask,
    refusalOf: async (name, data) => {
      const { error, message } = await ask(name, data);
      return [error, message];
    },
    auditOf: async (action, target) => {
      const { docs } = await db.collection('audit_log').where('target', '==', target).get();
      return docs.map((row) => row.data()).filter((row) => row['action'] === action);
    },
  };
}

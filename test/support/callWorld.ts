import { type DocumentData } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { type CallAnswer, callFunction } from './callFunction';
import { everyDocument, changedBetween } from './moneyState';
import { type MessageHarness, startMessageHarness } from './messageHarness';
import { unsignedToken } from './unsignedToken';

/** Deployed callables by name, and what tests of them ask all the time. */
export interface CallWorld {
  readonly harness: MessageHarness;
  /** Calls one of the served functions. */
  call(name: string, uid: string, data: object, claims?: Record<string, unknown>): Promise<CallAnswer>;
  /** Calls it as the signed-in owner of this address, verified unless told otherwise. */
  callAs(name: string, email: string, data: object, verified?: boolean): Promise<CallAnswer>;
  /** Calls a process that ends at the crash point. */
  crash(
    name: string,
    crashPoint: string,
    uid: string,
    data: object,
    claims?: Record<string, unknown>,
  ): Promise<void>;
  read(path: string): Promise<DocumentData>;
  exists(path: string): Promise<boolean>;
  /** Paths that changed while `work` ran. */
  changes(work: () => Promise<unknown>): Promise<string[]>;
}

/** Serves these callables, the first one behind `harness.webhook`. */
export async function startCallWorld(first: string, ...others: string[]): Promise<CallWorld> {
  const harness = await startMessageHarness({}, { target: first });
  const served = new Map<string, ServedFunction>([[first, harness.webhook]]);
  await Promise.all(others.map(async (name) => served.set(name, await harness.serve(name))));
  const functionOf = (name: string): ServedFunction => {
    const found = served.get(name);
    if (found === undefined) throw new Error(`${name} is not served`);
    return found;
  };
  const tokenOf = (uid: string, claims: Record<string, unknown> = {}): string =>
    unsignedToken(harness.projectId, uid, claims);
  return {
    harness,
    call: (name, uid, data, claims) => callFunction(functionOf(name).origin, data, tokenOf(uid, claims)),
    callAs: (name, email, data, verified = true) =>
      callFunction(functionOf(name).origin, data, tokenOf(`uid-${email}`, debtorClaims(email, verified))),
    crash: async (name, crashPoint, uid, data, claims) => {
      const doomed = await harness.serve(name, { RECOUP_CRASH_AT: crashPoint });
      const answer = await callFunction(doomed.origin, data, tokenOf(uid, claims)).catch(() => null);
      if (answer !== null) throw new Error(`the process was to die, but answered ${JSON.stringify(answer)}`);
      await doomed.exited;
    },
    read: async (path) => (await harness.db.doc(path).get()).data() ?? {},
    exists: async (path) => (await harness.db.doc(path).get()).exists,
    changes: async (work) => {
      const before = await everyDocument(harness.db);
      await work();
      return changedBetween(before, await everyDocument(harness.db));
    },
  };
}

/** What the token of somebody who signed in with an address holds. */
export function debtorClaims(email: string, verified = true): Record<string, unknown> {
  return { email, email_verified: verified };
}

import { type DocumentData } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { callFunction } from './callFunction';
import { scheduledFor, tick, tickToDeath } from './jobTick';
import { type MessageHarness, startMessageHarness } from './messageHarness';
import { type Leaver, seedLeaver } from './seedLeaver';
import { unsignedToken } from './unsignedToken';

/** The job `close-accounts`, and freelancers who leave. */
export interface ClosingWorld extends MessageHarness {
  /** @param more functions to be served besides the job and deleteMyAccount */
  served(name: string): ServedFunction;
  ask(name: string, uid: string, data: object): ReturnType<typeof callFunction>;
  /** A freelancer with `count` overdue invoices, a waiting reminder, a recurring invoice and a subscription. */
  seedLeaver(count?: number): Promise<Leaver>;
  /** Has him ask for it now, and three days go by. */
  leave(leaver: Leaver): Promise<void>;
  closeAccounts(): Promise<void>;
  /** Kills the job at the crash point, and lets its lease run out. */
  killJob(crashPoint: string): Promise<void>;
  read(path: string): Promise<DocumentData>;
  /** The ids of outbox items of this freelancer in this status. */
  messages(uid: string, status: string): Promise<string[]>;
}

let runs = 0;

export async function startClosingWorld(...names: readonly string[]): Promise<ClosingWorld> {
  const harness = await startMessageHarness({}, { target: 'closeAccounts' });
  const { db } = harness;
  const functions = new Map<string, ServedFunction>([['closeAccounts', harness.webhook]]);
  await Promise.all(
    ['deleteMyAccount', ...names].map(async (name) => functions.set(name, await harness.serve(name))),
  );
  const served = (name: string): ServedFunction => {
    const found = functions.get(name);
    if (found === undefined) throw new Error(`${name} is not served`);
    return found;
  };
  const ask: ClosingWorld['ask'] = (name, uid, data) =>
    callFunction(served(name).origin, data, unsignedToken(harness.projectId, uid));
  const nextTick = (): string => {
    runs += 1;
    return scheduledFor(new Date(Date.parse('2026-02-01T00:00:00Z') + runs * 3_600_000));
  };

  return {
    ...harness,
    served,
    ask,
    seedLeaver: (count) => seedLeaver(harness, count),
    leave: async ({ uid }) => {
      const answer = await ask('deleteMyAccount', uid, {});
      if (answer.error !== null) throw new Error(`deleteMyAccount: ${answer.error} ${answer.message}`);
      harness.travel(new Date(harness.now().getTime() + 72 * 3_600_000));
    },
    closeAccounts: async () => {
      const status = await tick(harness.webhook, nextTick());
      if (status !== 200) throw new Error(`close-accounts: ${status}\n${harness.webhook.logTail(10)}`);
    },
    killJob: async (crashPoint) => {
      const doomed = await harness.serve('closeAccounts', { RECOUP_CRASH_AT: crashPoint });
      const signal = await tickToDeath(doomed, nextTick());
      if (signal !== 'SIGKILL') throw new Error(`the job ended by ${String(signal)}`);
      await db.doc('cron_leases/close-accounts').update({ expiresAt: new Date(Date.now() - 1_000) });
    },
    read: async (path) => (await db.doc(path).get()).data() ?? {},
    messages: async (uid, status) => {
      const rows = await db.collection('outbox').where('freelancerId', '==', uid).get();
      return rows.docs
        .filter((row) => row.get('status') === status)
        .map(({ id }) => id)
        .sort();
    },
  };
}

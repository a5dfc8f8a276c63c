import { type ServedFunction } from '../../../local/stack/serveFunction';
import { drainTasks } from '../../support/drainTasks';
import { inFlight } from '../../support/inFlight';
import { scheduledFor, tickWell } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { type Job, JOBS } from './schedule';

const TARGETS = [
  'sendEmail',
  'dispatchOutbox',
  'stripeWebhook',
  'twilioSmsReply',
  'sendgridEvents',
  'sendInvoice',
  'setClientConsent',
  'cancelInvoice',
  'pauseEscalation',
  'resumeEscalation',
  'recordManualPayment',
  'claimPayment',
  'verifyPaymentClaim',
  'openDispute',
  'closeDispute',
  ...JOBS,
] as const;
type Target = 'sendSms' | (typeof TARGETS)[number];

/** Everything deployed that a chase needs, on one project, in one time. */
export interface ChaseWorld {
  readonly harness: MessageHarness;
  readonly served: Readonly<Record<Target, ServedFunction>>;
  /** Runs jobs side by side, the slot of each at the clock's time; by two instances at once where told so. */
  runJobs(jobs: readonly Job[], twice: boolean): Promise<void>;
  /** Forgets all documents: each scenario begins with an empty house. */
  empty(): Promise<void>;
  /**
   * Forgets what jobs noted of runs that were over before then. Firestore would keep it for thirty days; no rule looks at
   * it, and the emulator reads a whole collection for each query.
   */
  forgetRuns(before: Date): Promise<void>;
  /** Takes messages that were created at the clock's time to their workers, as the trigger does. */
  sendNew(): Promise<void>;
  /** The minute's run of the dispatcher, and the queues. */
  runMinute(): Promise<void>;
  /** The same, where it has anything to do. */
  dispatchDue(): Promise<void>;
}

export async function startChaseWorld(): Promise<ChaseWorld> {
  const harness = await startMessageHarness();
  const others = await Promise.all(TARGETS.map(async (name) => [name, await harness.serve(name)] as const));
  const served = {
    sendSms: harness.webhook,
    ...(Object.fromEntries(others) as Record<(typeof TARGETS)[number], ServedFunction>),
  };
  const seconds = new Map<Job, Promise<ServedFunction>>();
  const secondOf = (name: Job): Promise<ServedFunction> => {
    const second = seconds.get(name) ?? harness.serve(name);
    seconds.set(name, second);
    return second;
  };
  const runMinute = async (): Promise<void> => {
    await harness.run(served.dispatchOutbox);
    await drainTasks(harness, served);
  };
  const pending = harness.db.collection('outbox').where('status', '==', 'pending');
  return {
    harness,
    served,
    runJobs: async (jobs, twice) => {
      const slot = scheduledFor(harness.now());
      const instances = jobs.map((name) => served[name]);
      if (twice) instances.push(...(await Promise.all(jobs.map(secondOf))));
      await Promise.all(instances.map((instance) => tickWell(instance, slot)));
    },
    runMinute,
    empty: async () => {
      const host = process.env['FIRESTORE_EMULATOR_HOST'] ?? '';
      const url = `http://${host}/emulator/v1/projects/${harness.projectId}/databases/(default)/documents`;
      const { ok, status } = await fetch(url, { method: 'DELETE' });
      if (!ok) throw new Error(`the emulator was not emptied: ${status}`);
    },
    forgetRuns: async (before) => {
      const { docs } = await harness.db.collection('cron_runs').where('finishedAt', '<', before).get();
      const writer = harness.db.bulkWriter();
      await Promise.all([...docs.map(({ ref }) => writer.delete(ref)), writer.close()]);
    },
    sendNew: async () => {
      const { docs } = await pending.where('createdAt', '==', harness.now()).get();
      await inFlight(docs, 8, async (doc) => {
        const worker = doc.get('channel') === 'sms' ? served.sendSms : served.sendEmail;
        const status = await harness.dispatch(worker, doc.id);
        if (status >= 300) throw new Error(`the task of ${doc.id} got ${status}\n${worker.logTail(10)}`);
      });
    },
    dispatchDue: async () => {
      const due = await pending.where('dueAt', '<=', harness.now()).limit(1).get();
      if (!due.empty) await runMinute();
    },
  };
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { drainTasks } from './drainTasks';
import { type MessageHarness, startMessageHarness } from './messageHarness';
import { control } from './sandboxControl';

type Row = Readonly<Record<string, unknown>>;

/** The deployed functions that send, with the jobs that look after them, and what tests ask of them all the time. */
export interface SendingWorld {
  readonly harness: MessageHarness;
  readonly sendSms: ServedFunction;
  readonly sendEmail: ServedFunction;
  readonly dispatchOutbox: ServedFunction;
  readonly reconcileMessages: ServedFunction;
  /** Has the worker of a channel take up a message. @returns the HTTP status */
  dispatch(channel: 'sms' | 'email', item: DocumentReference): Promise<number>;
  /** Has the dispatcher run and the queues do what there is. @returns how many tasks there were */
  dispatchDue(): Promise<number>;
  /** Has the provider of a channel fail once, in this way. */
  fail(channel: 'sms' | 'email', fault: object): Promise<unknown>;
  row(item: DocumentReference): Promise<Row>;
  read(path: string): Promise<Row>;
  /** How often a provider took this message. */
  timesSent(item: DocumentReference): number;
  /** Moves the clock on. Milliseconds. */
  later(ms: number): void;
}

/** Starts them. Where callbacks go is for a suite to say. */
export async function startSendingWorld(random?: () => number): Promise<SendingWorld> {
  const harness = await startMessageHarness({}, random === undefined ? {} : { random });
  const sendSms = harness.webhook;
  const [sendEmail, dispatchOutbox, reconcileMessages] = await Promise.all([
    harness.serve('sendEmail'),
    harness.serve('dispatchOutbox'),
    harness.serve('reconcileMessages'),
  ]);
  const read = async (path: string): Promise<Row> => (await harness.db.doc(path).get()).data() ?? {};
  return {
    harness,
    sendSms,
    sendEmail,
    dispatchOutbox,
    reconcileMessages,
    read,
    row: ({ path }) => read(path),
    dispatch: (channel, { id }) => harness.dispatch(channel === 'sms' ? sendSms : sendEmail, id),
    dispatchDue: async () => {
      await harness.run(dispatchOutbox);
      return drainTasks(harness, { sendSms, sendEmail });
    },
    fail: (channel, fault) => {
      const provider = channel === 'sms' ? 'twilio' : 'sendgrid';
      return control(harness.sandbox, 'POST', 'faults', { provider, count: 1, ...fault });
    },
    timesSent: ({ id }) => harness.sent().filter(({ outboxId }) => outboxId === id).length,
    later: (ms) => harness.travel(new Date(harness.now().getTime() + ms)),
  };
}

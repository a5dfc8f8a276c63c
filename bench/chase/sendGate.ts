import { type MessageHarness } from '../../test/support/messageHarness';
import { type FirestoreWire } from '../../test/support/wire/firestoreWire';

/** Messages that are sent of each channel. */
const MESSAGES = 50;

/** Documents for one message, claim and settlement together, as measured: a rise has to be meant. */
const MOST = {
  email: { target: 'sendEmail', reads: 18, writes: 10 },
  sms: { target: 'sendSms', reads: 20, writes: 8 },
} as const;

/** What it costs to send what the chase has queued: the gate with its counters, the claim and the settlement. */
export async function sendGate(
  harness: MessageHarness,
  wire: FirestoreWire,
): Promise<readonly (readonly [boolean, string])[]> {
  const lines: (readonly [boolean, string])[] = [];
  for (const channel of ['email', 'sms'] as const) {
    const most = MOST[channel];
    const waiting = await harness.db
      .collection('outbox')
      .where('channel', '==', channel)
      .where('status', '==', 'pending')
      .where('template', '==', 'firm')
      .limit(MESSAGES + 1)
      .get();
    const [first, ...others] = waiting.docs.map(({ id }) => id);
    if (first === undefined) throw new Error(`no ${channel} waits to be sent`);
    const worker = await harness.serve(most.target, { FIRESTORE_EMULATOR_HOST: wire.host });
    // The first message of a process also reads what is kept afterwards.
    await harness.dispatch(worker, first);
    wire.take();
    const sentBefore = harness.sent().length;
    for (const id of others) await harness.dispatch(worker, id);
    const { billed } = wire.take();
    const sent = harness.sent().length - sentBefore;
    if (sent !== others.length)
      throw new Error(`${sent} of ${others.length} ${channel} messages were sent\n${worker.logTail(5)}`);
    const [reads, writes] = [billed.reads / sent, billed.writes / sent];
    lines.push([
      reads <= most.reads && writes <= most.writes,
      `the send gate, one ${channel === 'sms' ? 'SMS' : 'e-mail'}: ${reads.toFixed(2)} reads and ${writes.toFixed(2)} writes ` +
        `(at most ${most.reads} and ${most.writes})`,
    ]);
  }
  return lines;
}

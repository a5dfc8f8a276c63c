import { type DocumentReference, Timestamp } from 'firebase-admin/firestore';
import { SeededRandom } from '../../../support/random';
import { control } from '../../../support/sandboxControl';
import { seedReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';

const OF_EACH = 150;
const SEED = Number(process.env['RECOUP_TEST_SEED'] ?? Date.now() % 100_000);
const QUARTER_MS = 15 * 60_000;

/** Every way in which a provider can fail. Each is drawn by itself, the first one that is drawn fires: 30 % in all. */
const FAULTS = [
  { mode: 'rate_limit' },
  { mode: 'server_error' },
  { mode: 'unavailable' },
  { mode: 'accept_then_error' },
  { mode: 'provider_error', code: 30001, status: 400 },
  { mode: 'reset' },
  { mode: 'timeout', delayMs: 100 },
  { mode: 'timeout_after_accept', delayMs: 100 },
  { mode: 'slow', delayMs: 200 },
];
const RATE_OF_EACH = 1 - 0.7 ** (1 / FAULTS.length);

const FINAL = new Set(['sent', 'delivered', 'failed', 'suppressed', 'cancelled']);

interface Outcome {
  readonly item: DocumentReference;
  readonly channel: string;
  readonly status: string;
  readonly final: boolean;
  readonly sent: number;
}

describe(`${2 * OF_EACH} messages while the providers fail 30 % of all calls (seed ${SEED})`, () => {
  let world: SendingWorld;
  beforeAll(async () => {
    const chance = new SeededRandom(SEED);
    world = await startSendingWorld(() => chance.fraction());
    const { harness } = world;
    const [status, events] = await Promise.all([
      harness.serve('twilioSmsStatus'),
      harness.serve('sendgridEvents'),
    ]);
    harness.sandbox.webhookTargets.twilioStatus = status.origin;
    harness.sandbox.webhookTargets.sendgrid = events.origin;
  });
  afterAll(() => world.harness.stop());

  it('each ends in a final state, none is sent twice, and unknown is only what left no trace', async () => {
    const { harness } = world;
    const seeding = Array.from({ length: OF_EACH }, () => [
      seedReminder(harness, 'sms'),
      seedReminder(harness, 'email'),
    ]);
    const items = (await Promise.all(seeding.flat())).map(({ item }) => item);
    for (const provider of ['twilio', 'sendgrid']) {
      const carrier = {
        callbacks: 'auto',
        outcome: 'delivered',
        order: 'reversed',
        duplicates: 1,
        lose: 0.5,
      };
      await control(harness.sandbox, 'PUT', `${provider}/carrier`, carrier);
      for (const fault of FAULTS)
        await control(harness.sandbox, 'POST', 'faults', { provider, rate: RATE_OF_EACH, ...fault });
    }

    const began = harness.now().getTime();
    const end = began + 30 * 4 * QUARTER_MS;
    let outcomes: Outcome[] = [];
    while (harness.now().getTime() < end) {
      await world.dispatchDue();
      await harness.sandbox.settled();
      await harness.run(world.reconcileMessages);
      outcomes = await Promise.all(items.map(outcomeOf));
      if (outcomes.every(({ final }) => final)) break;
      // By then whatever is tried again was tried; what is left waits for a callback or for a day to pass.
      world.later(harness.now().getTime() - began < 12 * QUARTER_MS ? QUARTER_MS : 4 * QUARTER_MS);
    }

    const counts: Record<string, number> = {};
    for (const { channel, status } of outcomes)
      counts[`${channel} ${status}`] = (counts[`${channel} ${status}`] ?? 0) + 1;
    process.stderr.write(`fault run, seed ${SEED}: ${JSON.stringify(counts)}\n`);
    const wrong = outcomes.filter((one) => !one.final || one.sent > 1 || !isTrue(one));
    expect(wrong.map(({ item, ...rest }) => ({ id: item.id, ...rest }))).toEqual([]);
    // What a provider took and said nothing of is the only excuse; for an e-mail there is no list to look it up in.
    for (const { item, channel, status, sent } of outcomes.filter((one) => one.status === 'unknown')) {
      if (sent === 0) continue;
      expect({ id: item.id, channel, status, sent }).toMatchObject({ channel: 'email' });
      const heard = await harness.db
        .collection('processed_events')
        .where('metadata.outboxId', '==', item.id)
        .get();
      expect(heard.docs.map(({ id }) => id)).toEqual([]);
    }
  }, 300_000);

  async function outcomeOf(item: DocumentReference): Promise<Outcome> {
    const row = await world.row(item);
    const status = String(row['status']);
    return {
      item,
      channel: String(row['channel']),
      status,
      final: FINAL.has(status) || (status === 'unknown' && row['expiresAt'] instanceof Timestamp),
      sent: world.timesSent(item),
    };
  }

  /** Whether what we say of a message is what its provider has done with it. */
  function isTrue({ status, sent }: Outcome): boolean {
    if (status === 'sent' || status === 'delivered') return sent === 1;
    return status === 'unknown' || sent === 0;
  }
});

import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { inFlight } from '../../../support/inFlight';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { SeededRandom } from '../../../support/random';
import { control } from '../../../support/sandboxControl';
import { seedReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { newId } from '../../../support/stripeEvents';

const MESSAGES = 300;
const MINUTE_MS = 60_000;
const SEED = 20261124;

/** Ways to fail, for each provider; together three calls in ten. */
const WAYS = [
  { mode: 'timeout_after_accept', delayMs: 60 },
  { mode: 'accept_then_error' },
  { mode: 'timeout', delayMs: 60 },
  { mode: 'rate_limit' },
  { mode: 'server_error' },
  { mode: 'unavailable' },
  { mode: 'reset' },
  { mode: 'slow', delayMs: 60 },
] as const;
const REFUSALS = {
  twilio: [{ code: 21610 }, { code: 21614 }, { code: 30007 }],
  sendgrid: [{ status: 400 }, { status: 413 }],
} as const;

/** What is sent, by kind: the fields in which it differs from a reminder by that channel. */
const KINDS: readonly {
  readonly channel: 'sms' | 'email';
  readonly fields?: object;
  readonly params?: object;
  readonly invoice?: Record<string, unknown>;
}[] = [
  { channel: 'sms' },
  { channel: 'email' },
  {
    channel: 'email',
    fields: { class: 'debtor_service', template: 'receipt', level: null },
    params: {
      clientName: 'A Debtor',
      businessName: 'Ada Studio',
      reference: 'INV-1',
      amount: 1,
      currency: 'GBP',
    },
  },
  {
    channel: 'email',
    fields: { class: 'freelancer_notice', template: 'email_bounced', level: null },
    params: { clientName: 'A Debtor', reference: 'INV-1' },
  },
  {
    channel: 'email',
    fields: { class: 'courtesy', template: 'courtesy_due', level: null },
    invoice: { status: 'sent', dueDate: '2026-12-24' },
  },
];

/** Minutes after the start at which the jobs come by; the providers fail for the first hour. */
const STORM = [0, 2, 5, 9, 16, 25, 36, 50, 60];
const CALM = [70, 90, 120, 180, 240, 420, 460, 1_380, 1_385, 1_450, 1_465, 1_480, 1_500, 1_530, 1_560];

const random = new SeededRandom(SEED);

describe(`${MESSAGES} messages through a storm`, () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld(() => random.fraction());
    ({ harness } = world);
    const [status, events] = await Promise.all([
      harness.serve('twilioSmsStatus'),
      harness.serve('sendgridEvents'),
    ]);
    harness.sandbox.webhookTargets.twilioStatus = status.origin;
    harness.sandbox.webhookTargets.sendgrid = events.origin;
  });
  afterAll(() => harness.stop());

  async function seed(n: number): Promise<DocumentReference> {
    const { channel, fields = {}, params, invoice = {} } = KINDS[n % KINDS.length] ?? { channel: 'sms' };
    const user = { email: `${newId('freelancer')}@studio.example` };
    const { item } = await seedReminder(harness, channel, { fields, invoice, user });
    if (params !== undefined) await item.collection('private').doc('content').update({ params });
    return item;
  }

  async function letFail(): Promise<void> {
    for (const provider of ['twilio', 'sendgrid'] as const) {
      const refusals = REFUSALS[provider].map((what) => ({ mode: 'provider_error', ...what }));
      const faults = [
        ...WAYS.map((way) => ({ ...way, rate: 0.032 })),
        ...refusals.map((one) => ({ ...one, rate: 0.02 })),
      ];
      for (const fault of faults) await control(harness.sandbox, 'POST', 'faults', { provider, ...fault });
    }
    // And one that is really waited for: it takes as long as a send may take.
    const endless = { mode: 'timeout', count: 1, path: '/v3/' };
    await control(harness.sandbox, 'POST', 'faults', { provider: 'sendgrid', ...endless });
  }

  /** How callbacks come meanwhile, and what they say: now and then that a message did not arrive. */
  async function letCarriersPlay(step: number): Promise<void> {
    const plan = {
      callbacks: 'auto',
      lose: 0.3,
      duplicates: 1,
      order: step % 2 === 0 ? 'usual' : 'reversed',
    };
    const expires = step === 1 || step === 4;
    const outcome = expires ? { outcome: 'undelivered', errorCode: 30036 } : {};
    await control(harness.sandbox, 'PUT', 'twilio/carrier', { ...plan, ...outcome });
    const bounces = step === 2 ? { outcome: 'bounce' } : step === 3 ? { outcome: 'dropped' } : {};
    await control(harness.sandbox, 'PUT', 'sendgrid/carrier', { ...plan, ...bounces });
  }

  /** The queues lose one task in ten, and dispatch one in five twice at once. */
  async function dispatchTasks(): Promise<void> {
    await inFlight(harness.tasks.take(), 8, async ({ queue, outboxId }) => {
      const drawn = random.fraction();
      if (drawn < 0.1) return;
      const worker = queue === 'sendSms' ? world.sendSms : world.sendEmail;
      await Promise.all(
        Array.from({ length: drawn < 0.3 ? 2 : 1 }, () => harness.dispatch(worker, outboxId)),
      );
    });
  }

  async function comeBy(minutes: number): Promise<void> {
    harness.travel(new Date(Date.parse(TUESDAY) + minutes * MINUTE_MS));
    await harness.run(world.dispatchOutbox);
    await dispatchTasks();
    await harness.sandbox.settled();
    // Twilio's list may be away as well; the next run finds what this one did not.
    await harness.run(world.reconcileMessages);
  }

  const isFinal = (row: DocumentSnapshot): boolean => {
    const status = String(row.get('status'));
    return status === 'unknown' ? row.get('expiresAt') != null : !['pending', 'sending'].includes(status);
  };

  it('all end, none is sent twice, and what is unknown has left no trace', async () => {
    harness.travel(TUESDAY);
    const numbers = Array.from({ length: MESSAGES }, (_, n) => n);
    // A third of them comes with each of the first three looks.
    const items: DocumentReference[] = [];
    await letFail();
    for (const [step, minutes] of STORM.entries()) {
      await letCarriersPlay(step);
      harness.travel(new Date(Date.parse(TUESDAY) + minutes * MINUTE_MS));
      const coming = step < 3 ? numbers.slice(step * 100, step * 100 + 100) : [];
      items.push(...(await inFlight(coming, 20, seed)));
      await comeBy(minutes);
    }
    await control(harness.sandbox, 'DELETE', 'faults');
    for (const minutes of CALM) await comeBy(minutes);

    const { docs } = await harness.db.collection('outbox').get();
    const events = await harness.db.collection('processed_events').get();
    const heardOf = new Set(events.docs.map((event) => event.get('metadata.outboxId') as string | null));
    const sent = harness.sent();
    const counts: Record<string, number> = {};
    for (const row of docs) {
      const key = `${String(row.get('channel'))} ${String(row.get('status'))}`;
      counts[key] = (counts[key] ?? 0) + 1;
      expect([row.id, row.get('status'), isFinal(row)]).toEqual([row.id, row.get('status'), true]);
      const writtenOff = (row.get('earlierMessageIds') as string[] | undefined) ?? [];
      const taken = sent.filter(({ outboxId }) => outboxId === row.id);
      const valid = taken.filter(({ messageId }) => !writtenOff.includes(messageId));
      expect([row.id, valid.length <= 1]).toEqual([row.id, true]);
      const status = String(row.get('status'));
      if (status === 'sent' || status === 'delivered') expect([row.id, valid.length]).toEqual([row.id, 1]);
      if (status !== 'unknown' || valid.length === 0) continue;
      expect([row.id, row.get('channel'), heardOf.has(row.id)]).toEqual([row.id, 'email', false]);
    }
    expect(docs.length).toBeGreaterThanOrEqual(MESSAGES);
    expect(new Set(items.map(({ id }) => id)).size).toBe(MESSAGES);
    const ofAll = Object.entries(counts)
      .sort()
      .map(([key, count]) => `${key} ${count}`);
    process.stderr.write(
      `fault run, ${MESSAGES} messages and ${docs.length - MESSAGES} that followed, ` +
        `${sent.length} taken by the providers: ${ofAll.join(', ')}\n`,
    );
  }, 120_000);
});

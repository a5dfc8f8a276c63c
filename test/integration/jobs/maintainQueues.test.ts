import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { dataEntries } from '../../../functions/src/domain/privacy/dataMap';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { rowOf, seedFailure } from '../../support/failedRows';
import { scheduledAt, tick, tickToDeath, tickWell } from '../../support/jobTick';
import { seedInvoice } from '../../support/seed';
import { seedMessage, seedWaiting } from '../../support/seedMessage';
import { newPayment, says } from '../../support/stripePayment';
import { type Harness, startHarness } from '../../support/webhookHarness';

const JOB = 'maintain-queues';
const MINUTE = 60_000;

describe('the maintenance of the queues', () => {
  let harness: Harness;
  let db: Firestore;
  let job: ServedFunction;
  beforeEach(async () => {
    harness = await startHarness({}, 'maintainQueues');
    ({ db, webhook: job } = harness);
  });
  afterEach(() => harness.stop());

  const ago = (ms: number): Date => new Date(Date.now() - ms);

  async function maintain(): Promise<DocumentData> {
    const at = scheduledAt();
    await tickWell(job, at);
    const run = (await db.doc(`cron_runs/${JOB}_${at}`).get()).data();
    expect(run).toMatchObject({ outcome: 'finished', error: null });
    return run?.['counts'] as DocumentData;
  }

  async function failedEvent(fields: DocumentData) {
    const event = says.intentPaid(newPayment(await seedInvoice(db)));
    await seedFailure(db, event, fields);
    return event;
  }

  it('counts what waits, and says how long it has', async () => {
    await failedEvent({ nextRetryAt: ago(20 * MINUTE) });
    await failedEvent({ nextRetryAt: new Date(Date.now() + MINUTE) });
    await failedEvent({ status: 'dead_letter', nextRetryAt: null, createdAt: ago(120 * MINUTE) });
    await seedWaiting(db, 'sms', '+447900000001', { dueAt: ago(16 * MINUTE), createdAt: ago(30 * MINUTE) });
    await seedWaiting(db, 'sms', '+447900000002');
    await seedMessage(db, 'email', 'a@client.example');
    const unknown = { status: 'unknown', leaseUntil: null };
    for (let n = 0; n < 11; n += 1)
      await seedMessage(db, 'email', `a${n}@client.example`, { ...unknown, dueAt: new Date() });
    // Nobody will find out about this one any more: it waits for nothing.
    await seedMessage(db, 'email', 'z@client.example', { ...unknown, dueAt: null });
    const counts = await maintain();
    expect(counts).toMatchObject({
      webhooks_pending_retry: 2,
      webhooks_retrying: 0,
      webhooks_dead_letter: 1,
      messages_pending: 2,
      messages_sending: 1,
      messages_unknown: 11,
    });
    const seconds = (name: string): number => Math.round(Number(counts[name]) / 60);
    expect(seconds('webhooks_late_seconds')).toBe(20);
    expect(seconds('webhooks_oldest_dead_letter_seconds')).toBe(120);
    expect(seconds('messages_late_seconds')).toBe(16);
    expect(seconds('messages_oldest_pending_seconds')).toBe(30);
    const lines = job.logTail(200);
    expect(lines).toMatch(/"event":"queue_sizes".*"messages_unknown":11/);
    for (const alert of ['webhooks_late', 'dead_letters', 'messages_late', 'messages_unknown'])
      expect(lines).toContain(`"alert":"${alert}"`);
  });

  it('wakes nobody when nothing waits too long', async () => {
    await failedEvent({ nextRetryAt: ago(14 * MINUTE) });
    await seedWaiting(db, 'sms', '+447900000001', { dueAt: ago(14 * MINUTE) });
    await maintain();
    expect(job.logTail(200)).not.toContain('"alert"');
  });

  it('puts back events whose retry ended without a word, and no others', async () => {
    const retrying = (leaseUntil: Date, nextRetryAt: Date | null) => ({
      status: 'retrying',
      attempts: 3,
      leaseOwner: 'gone',
      leaseUntil,
      nextRetryAt,
    });
    const stuck = await failedEvent(retrying(ago(60 * MINUTE), null));
    const lately = await failedEvent(retrying(ago(MINUTE), ago(MINUTE)));
    const atWork = await failedEvent(retrying(new Date(Date.now() + MINUTE), new Date(Date.now() + MINUTE)));
    expect(await maintain()).toMatchObject({ webhooks_put_back: 1 });
    expect(await rowOf(db, stuck)).toMatchObject({
      status: 'pending_retry',
      attempts: 3,
      leaseOwner: null,
      leaseUntil: null,
    });
    for (const event of [lately, atWork])
      expect(await rowOf(db, event)).toMatchObject({ status: 'retrying', leaseOwner: 'gone' });
    const retries = await harness.serve('retryWebhooks');
    await tickWell(retries, scheduledAt());
    expect(await rowOf(db, stuck)).toMatchObject({ status: 'resolved', attempts: 4 });
  });

  it('makes sends that were cut off unknown', async () => {
    const stuck = await seedMessage(db, 'sms', '+447900000001', { leaseUntil: ago(MINUTE) });
    const sending = await seedMessage(db, 'sms', '+447900000002');
    expect(await maintain()).toMatchObject({ stuck: 1, messages_sending: 1, messages_unknown: 1 });
    expect((await stuck.get()).data()).toMatchObject({ status: 'unknown', reason: 'sender_gone' });
    expect((await sending.get()).get('status')).toBe('sending');
  });

  /** Rows of all kinds that expire at that moment. @returns their paths, and of what lies below them */
  async function seedRows(expiresAt: Date | null, name: string): Promise<string[]> {
    const rows = ['processed_events', 'failed_webhooks', 'outbox', 'cron_runs', 'sms_replies'].map(
      (collection) => `${collection}/${name}`,
    );
    const paths = [
      ...rows,
      `checkout_expiries/${name}`,
      `failed_webhooks/${name}/private/payload`,
      `failed_webhooks/${name}/private/payload-1`,
      `outbox/${name}/private/content`,
      ...Array.from({ length: 3 }, (_, page) => `cron_runs/${name}/pages/${page}`),
    ];
    const expiry = expiresAt === null ? {} : { expiresAt };
    for (const path of paths)
      await db.doc(path).set(path.split('/').length === 2 ? { ...expiry, finishedAt: ago(0) } : { part: 1 });
    return paths;
  }

  const left = async (paths: readonly string[]): Promise<string[]> => {
    const snapshots = await db.getAll(...paths.map((path) => db.doc(path)));
    return snapshots.filter(({ exists }) => exists).map(({ ref }) => ref.path);
  };

  it('deletes rows whose time is over, with all that lies below, and no others', async () => {
    const over = await seedRows(ago(1_000), 'over');
    const kept = [
      ...(await seedRows(new Date(Date.now() + MINUTE), 'later')),
      ...(await seedRows(null, 'never')),
    ];
    expect(await maintain()).toMatchObject({
      purged_processed_events: 1,
      purged_failed_webhooks: 1,
      purged_outbox: 1,
      purged_cron_runs: 1,
      purged_sms_replies: 1,
      purged_checkout_expiries: 1,
    });
    expect(await left(over)).toEqual([]);
    expect(await left(kept)).toEqual(kept);
  });

  it('deletes what is older than its collection keeps it, with what lies below, and says how many', async () => {
    const aged = dataEntries.flatMap(([name, { retention }]) =>
      retention.rule === 'age' ? [{ name, ...retention }] : [],
    );
    expect(aged.length).toBeGreaterThan(3);
    const daysAgo = (days: number): Date => ago(days * 24 * 60 * MINUTE);
    for (const { name, field, days } of aged) {
      await db.doc(`${name}/old`).set({ [field]: daysAgo(days + 1) });
      await db.doc(`${name}/young`).set({ [field]: daysAgo(days - 1) });
      await db.doc(`${name}/none`).set({ other: 1 });
    }
    await db.doc('usage/old/invoices/marker').set({ counted: true });
    expect(await maintain()).toMatchObject(Object.fromEntries(aged.map(({ name }) => [`aged_${name}`, 1])));
    expect(await left(aged.map(({ name }) => `${name}/old`))).toEqual([]);
    expect(await left(['usage/old/invoices/marker'])).toEqual([]);
    const kept = aged.flatMap(({ name }) => [`${name}/young`, `${name}/none`]);
    expect(await left(kept)).toEqual(kept);
  });

  it('deletes a row with more below it than one commit takes', async () => {
    await db.doc('cron_runs/long').set({ finishedAt: ago(0), expiresAt: ago(1_000) });
    const pages = db.bulkWriter();
    for (let page = 0; page < 900; page += 1)
      void pages.set(db.doc(`cron_runs/long/pages/${page}`), { page });
    await pages.close();
    expect(await maintain()).toMatchObject({ purged_cron_runs: 1 });
    expect((await db.collection('cron_runs/long/pages').get()).size).toBe(0);
  });

  it.each(['before', 'after'])(
    'deletes all, though one is killed %s a commit and two go on',
    async (when) => {
      const paths = (
        await Promise.all(Array.from({ length: 30 }, (_, n) => seedRows(ago(1_000 + n), `row-${n}`)))
      ).flat();
      const doomed = await harness.serve('maintainQueues', {
        RECOUP_CRASH_AT: `purge.${when}-commit#50`,
      });
      const [first, second] = [scheduledAt(), scheduledAt()];
      expect(await tickToDeath(doomed, first)).toBe('SIGKILL');
      expect((await left(paths)).length).toBeGreaterThan(0);
      await db.doc(`cron_leases/${JOB}`).update({ expiresAt: ago(1_000) });
      const other = await harness.serve('maintainQueues');
      expect(await Promise.all([tick(job, second), tick(other, second)])).toEqual([200, 200]);
      expect(await left(paths)).toEqual([]);
    },
  );
});

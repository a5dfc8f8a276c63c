import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { scheduledFor, tick, tickToDeath } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { newId } from '../../support/stripeEvents';

const JOB = 'send-behavioral-emails';
const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

describe('behavioural e-mails', () => {
  let harness: MessageHarness;
  let db: Firestore;
  let job: ServedFunction;
  /** Firestore's own times stand in the records, so that days are counted from the real present. */
  let start: number;
  beforeEach(async () => {
    start = Date.now();
    harness = await startMessageHarness({}, { target: 'sendBehavioralEmails' });
    ({ db, webhook: job } = harness);
  });
  afterEach(() => harness.stop());

  async function after(ms: number): Promise<void> {
    harness.travel(new Date(start + ms));
    await harness.run(job);
  }

  async function seedUser(fields: DocumentData = {}): Promise<string> {
    const uid = newId('user');
    await db.doc(`users/${uid}`).set({
      email: `${uid}@studio.example`,
      subscriptionTier: 'free',
      marketingConsent: true,
      createdAt: new Date(start),
      updatedAt: new Date(start),
      ...fields,
    });
    return uid;
  }

  async function seedDraft(freelancerId: string, fields: DocumentData = {}): Promise<void> {
    // What the client says of its age counts for nothing.
    await db.doc(`invoices/${newId('inv')}`).set({
      reference: 'INV-7',
      freelancerId,
      amount: 10_000,
      currency: 'GBP',
      status: 'draft',
      createdAt: new Date('2020-01-01T00:00:00Z'),
      ...fields,
    });
  }

  /** What was queued for a freelancer, in order of the ids. */
  async function queuedFor(uid: string): Promise<string[]> {
    const rows = await db.collection('outbox').where('freelancerId', '==', uid).get();
    return rows.docs.map(({ id }) => id).sort();
  }

  const settled = { createdAt: new Date('2025-01-01T00:00:00Z') };

  it('follow the first days of an account, one a day and each once', async () => {
    const [free, pro] = [await seedUser(), await seedUser({ subscriptionTier: 'pro' })];
    for (let day = 0; day <= 20; day += 1) {
      for (const uid of [free, pro])
        await db.doc(`users/${uid}`).update({ lastActiveAt: new Date(start + day * DAY) });
      await after(day * DAY);
    }
    expect(await queuedFor(free)).toEqual(
      ['first_week', 'tips', 'tutorial', 'upgrade'].map((template) => `${template}_${free}`),
    );
    expect(await queuedFor(pro)).toEqual(
      ['first_week', 'tips', 'tutorial'].map((template) => `${template}_${pro}`),
    );
    const row = (await db.doc(`outbox/tips_${free}`).get()).data();
    expect(row).toMatchObject({ class: 'marketing', channel: 'email', invoiceId: null, status: 'pending' });
    expect((await db.doc(`users/${free}/sent/tips`).get()).data()).toMatchObject({ template: 'tips' });
  });

  it('go to those who agreed, can be written to, and are not away', async () => {
    for (const fields of [
      { marketingConsent: false },
      { marketingConsent: null },
      { status: 'suspended' },
      { status: 'deleted' },
      { email: null },
      { notifications: { onVacation: true } },
      { notifications: { emailNotifications: false } },
    ])
      await seedUser(fields);
    const uid = await seedUser({ notifications: { onVacation: false } });
    await after(3 * DAY);
    const rows = await db.collection('outbox').get();
    expect(rows.docs.map(({ id }) => id)).toEqual([`tips_${uid}`]);
  });

  it('offer no tutorial to one who has written an invoice', async () => {
    const uid = await seedUser();
    await seedDraft(uid, { status: 'sent' });
    await after(1 * DAY);
    expect(await queuedFor(uid)).toEqual([]);
  });

  it('make up for nothing that an outage left out: the one of the day comes alone', async () => {
    const uid = await seedUser();
    await after(8 * DAY);
    await after(8 * DAY + HOUR);
    expect(await queuedFor(uid)).toContain(`first_week_${uid}`);
    expect(await queuedFor(uid)).not.toContain(`tips_${uid}`);
  });

  it('remember a draft after six hours by its real age, once', async () => {
    const uid = await seedUser(settled);
    await seedDraft(uid);
    await after(5 * HOUR);
    expect(await queuedFor(uid)).toEqual([]);
    await after(7 * HOUR);
    await seedDraft(uid, { reference: 'INV-8' });
    await after(24 * HOUR);
    expect(await queuedFor(uid)).toEqual([`draft_waiting_${uid}`]);
    const content = await db.doc(`outbox/draft_waiting_${uid}/private/content`).get();
    expect(content.data()).toMatchObject({
      to: `${uid}@studio.example`,
      params: { reference: 'INV-7', amount: 10_000, currency: 'GBP' },
    });
  });

  it('come to the inactive after seven days, and no more often than every 30 days', async () => {
    const uid = await seedUser(settled);
    const queuedOn: number[] = [];
    for (let day = 0; day <= 75; day += 1) {
      const before = (await queuedFor(uid)).length;
      await after(day * DAY);
      if ((await queuedFor(uid)).length > before) queuedOn.push(day);
    }
    expect(queuedOn).toEqual([7, 37, 67]);
    // Whoever writes an invoice is there.
    const busy = await seedUser(settled);
    await seedDraft(busy, { status: 'sent', issueDate: '2026-01-01' });
    await after(6.9 * DAY);
    expect(await queuedFor(busy)).toEqual([]);
  });

  it('write nothing when nobody is due, and a corrupt record holds up none', async () => {
    await seedUser({ collectionsConsent: 'yes' });
    const uid = await seedUser();
    await after(3 * DAY);
    expect(await queuedFor(uid)).toEqual([`tips_${uid}`]);
    expect(job.logTail(100)).toContain('"alert":"job_item_left"');
    const before = await everyDocument(db);
    await after(3 * DAY + HOUR);
    const changed = changedBetween(before, await everyDocument(db));
    expect(changed.filter((path) => !path.startsWith('cron_'))).toEqual([]);
  });

  it('are one a day, though a run that was killed looks again at one who has several to come', async () => {
    const uid = await seedUser();
    await seedDraft(uid);
    harness.travel(new Date(start + 3 * DAY));
    const tickTime = scheduledFor(new Date(start + HOUR));
    const doomed = await harness.serve('sendBehavioralEmails', {
      RECOUP_CRASH_AT: 'behaviour.after-commit',
    });
    expect(await tickToDeath(doomed, tickTime)).toBe('SIGKILL');
    await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await tick(job, tickTime)).toBe(200);
    expect(await queuedFor(uid)).toEqual([`draft_waiting_${uid}`]);
    // At the same instant, for an hour later it may be the next day already.
    await after(3 * DAY);
    expect(await queuedFor(uid)).toEqual([`draft_waiting_${uid}`]);
  });

  it('are queued once, killed between two pages, then two runners at once', async () => {
    const users = await Promise.all(Array.from({ length: 130 }, () => seedUser()));
    harness.travel(new Date(start + 3 * DAY));
    const [first, second] = [1, 2].map((n) => scheduledFor(new Date(start + n * HOUR))) as [string, string];
    const doomed = await harness.serve('sendBehavioralEmails', {
      RECOUP_CRASH_AT: 'behaviour.after-commit#110',
    });
    expect(await tickToDeath(doomed, first)).toBe('SIGKILL');
    const run = await db.doc(`cron_runs/${JOB}_${first}`).get();
    expect(run.data()).toMatchObject({
      finishedAt: null,
      cursor: users.toSorted()[99],
      counts: { tips: 100 },
    });
    await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
    const other = await harness.serve('sendBehavioralEmails');
    expect(await Promise.all([tick(job, second), tick(other, second)])).toEqual([200, 200]);
    const rows = await db.collection('outbox').get();
    expect(rows.docs.map(({ id }) => id).sort()).toEqual(users.map((uid) => `tips_${uid}`).sort());
    expect((await db.doc(`cron_runs/${JOB}_${first}`).get()).get('outcome')).toBe('finished');
  });
});

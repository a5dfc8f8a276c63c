import { type ServedFunction } from '../../../local/stack/serveFunction';
import { courtesyNotes, seedSent } from '../../support/courtesyWorld';
import { scheduledFor, tick, tickToDeath } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { hashOf } from '../../support/seedMessage';
import { changedBetween, everyDocument } from '../../support/moneyState';

const JOB = 'process-email-sequence';

describe('courtesy notes', () => {
  let harness: MessageHarness;
  let job: ServedFunction;
  beforeEach(async () => {
    harness = await startMessageHarness({}, { target: 'processEmailSequence' });
    job = harness.webhook;
  });
  afterEach(() => harness.stop());

  const at = async (instant: string): Promise<void> => {
    harness.travel(instant);
    await harness.run(job);
  };

  it('come three days before the due date and on it, at nine in London, once each', async () => {
    // London is an hour ahead of UTC then.
    const { invoiceId, freelancerId, email } = await seedSent(harness.db, '2026-07-10');
    const [before, due] = [`courtesy_${invoiceId}_before`, `courtesy_${invoiceId}_due`];
    await at('2026-07-07T07:59:59Z');
    expect(await courtesyNotes(harness.db)).toEqual([]);
    await at('2026-07-07T08:00:00Z');
    expect(await courtesyNotes(harness.db)).toEqual([before]);
    for (const hour of ['07T09', '07T22', '08T08', '09T08', '10T07']) await at(`2026-07-${hour}:00:00Z`);
    expect(await courtesyNotes(harness.db)).toEqual([before]);
    await at('2026-07-10T08:00:00Z');
    for (const hour of ['10T09', '11T08', '13T08']) await at(`2026-07-${hour}:00:00Z`);
    expect(await courtesyNotes(harness.db)).toEqual([before, due]);

    const row = await harness.db.doc(`outbox/${due}`).get();
    expect(row.data()).toMatchObject({
      class: 'courtesy',
      channel: 'email',
      template: 'courtesy_due',
      level: null,
      invoiceId,
      freelancerId,
      status: 'pending',
    });
    // It is worded when it is sent.
    expect(row.data()).toMatchObject({ wordedLate: true, recipientHash: hashOf('email', email) });
    expect((await row.ref.collection('private').doc('content').get()).exists).toBe(false);
    expect((await harness.db.doc(`escalation_states/${invoiceId}`).get()).get('courtesySent')).toEqual([
      'before',
      'due',
    ]);
    // The first had not left yet when the second was queued.
    expect((await harness.db.doc(`outbox/${before}`).get()).get('status')).toBe('cancelled');
  });

  it('are once for ever, also when the outbox has long forgotten them', async () => {
    const { invoiceId } = await seedSent(harness.db, '2026-11-27');
    await at('2026-11-24T09:00:00Z');
    await harness.db.recursiveDelete(harness.db.doc(`outbox/courtesy_${invoiceId}_before`));
    await at('2026-11-25T09:00:00Z');
    expect(await courtesyNotes(harness.db)).toEqual([]);
  });

  it('are for those who are still to pay, and want to be written to', async () => {
    const { db } = harness;
    const due = '2026-11-27';
    await seedSent(db, due, { invoice: { status: 'paid' } });
    await seedSent(db, due, { invoice: { status: 'cancelled' } });
    await seedSent(db, due, { invoice: { status: 'disputed' } });
    await seedSent(db, due, { invoice: { status: 'draft', sentAt: null } });
    await seedSent(db, due, { invoice: { paymentClaimStatus: 'pending_verification' } });
    await seedSent(db, due, { invoice: { collectionsEnabled: false } });
    await seedSent(db, due, { invoice: { clientEmail: null } });
    await seedSent(db, due, { chase: { isPaused: true, pauseReason: 'manual' } });
    await seedSent(db, due, { chase: { closedAt: new Date(), closedReason: 'account_closed' } });
    await seedSent(db, due, { user: { collectionsEnabled: false } });
    await seedSent(db, due, { user: { status: 'suspended' } });
    // Sent after the note's time: the invoice itself has just said it.
    await seedSent(db, due, { invoice: { sentAt: new Date('2026-11-24T09:30:00Z') } });
    await seedSent(db, '2026-11-28');
    await seedSent(db, '2026-11-23');
    const wanted = await seedSent(db, due);
    // An invoice without a chase gets one that has not begun.
    await db.doc(`escalation_states/${wanted.invoiceId}`).delete();
    await at('2026-11-24T10:00:00Z');
    expect(await courtesyNotes(db)).toEqual([`courtesy_${wanted.invoiceId}_before`]);
    expect((await db.doc(`escalation_states/${wanted.invoiceId}`).get()).data()).toMatchObject({
      freelancerId: wanted.freelancerId,
      currentLevel: 'pending',
      isPaused: false,
      courtesySent: ['before'],
    });
  });

  it('are made up for after an outage only while they are true', async () => {
    const { db } = harness;
    const [tomorrow, today, yesterday] = await Promise.all(
      ['2026-11-25', '2026-11-24', '2026-11-23'].map((due) => seedSent(db, due)),
    );
    await at('2026-11-24T15:00:00Z');
    expect(await courtesyNotes(db)).toEqual(
      [`courtesy_${tomorrow?.invoiceId}_before`, `courtesy_${today?.invoiceId}_due`].sort(),
    );
    expect((await db.doc(`escalation_states/${yesterday?.invoiceId}`).get()).get('courtesySent')).toBe(
      undefined,
    );
  });

  it('reach all, a corrupt one holding up none', async () => {
    const { db } = harness;
    const corrupt = await seedSent(db, '2026-11-27', { invoice: { amount: 'a lot' } });
    await Promise.all(Array.from({ length: 130 }, () => seedSent(db, '2026-11-27')));
    await at('2026-11-24T09:00:00Z');
    expect(await courtesyNotes(db)).toHaveLength(130);
    expect(job.logTail(200)).toMatch(
      new RegExp(`"alert":"job_item_left".*${corrupt.invoiceId}.*corrupt_document`),
    );
    const runs = await db.collection('cron_runs').where('jobName', '==', JOB).get();
    expect(runs.docs[0]?.data()).toMatchObject({ outcome: 'finished', counts: { before: 130, failed: 1 } });
  });

  it('cost nothing to look at again on the same day, until there are others', async () => {
    const { db } = harness;
    await Promise.all(Array.from({ length: 5 }, () => seedSent(db, '2026-11-27')));
    await at('2026-11-24T09:00:00Z');
    const before = await everyDocument(db);
    await at('2026-11-24T10:00:00Z');
    const changed = changedBetween(before, await everyDocument(db));
    expect(changed.filter((path) => !path.startsWith('cron_'))).toEqual([]);
    const runs = await db.collection('cron_runs').orderBy('startedAt').get();
    expect(runs.docs.map((run) => run.get('counts') as unknown)).toEqual([{ before: 5 }, {}]);
    const late = await seedSent(db, '2026-11-27');
    await at('2026-11-24T11:00:00Z');
    expect(await courtesyNotes(db)).toContain(`courtesy_${late.invoiceId}_before`);
  });

  it('are queued once by two runners at once, and by one that goes on for one that was killed', async () => {
    const { db } = harness;
    const seeded = await Promise.all(Array.from({ length: 12 }, () => seedSent(db, '2026-11-27')));
    harness.travel('2026-11-24T09:00:00Z');
    const [first, second] = ['2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z'].map((time) =>
      scheduledFor(new Date(time)),
    ) as [string, string];
    const doomed = await harness.serve('processEmailSequence', {
      RECOUP_CRASH_AT: 'courtesy.after-commit#4',
    });
    expect(await tickToDeath(doomed, first)).toBe('SIGKILL');
    expect((await courtesyNotes(db)).length).toBeLessThan(12);
    await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
    const other = await harness.serve('processEmailSequence');
    expect(await Promise.all([tick(job, second), tick(other, second)])).toEqual([200, 200]);
    expect(await courtesyNotes(db)).toEqual(
      seeded.map(({ invoiceId }) => `courtesy_${invoiceId}_before`).sort(),
    );
    const states = await db.collection('escalation_states').get();
    expect(states.docs.every((state) => (state.get('courtesySent') as string[]).length === 1)).toBe(true);
    expect((await db.doc(`cron_runs/${JOB}_${first}`).get()).get('outcome')).toBe('finished');
  });
});

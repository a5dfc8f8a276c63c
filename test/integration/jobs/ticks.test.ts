import { Timestamp } from 'firebase-admin/firestore';
import { rowOf, seedFailure } from '../../support/failedRows';
import { JOB, leaseOf, runOf, scheduledAt, tick, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPayment, says } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a tick', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  async function dueEvent() {
    const event = says.intentPaid(newPayment(await seedInvoice(harness.db)));
    await seedFailure(harness.db, event);
    return event;
  }

  const setLease = (fields: Record<string, unknown>) =>
    harness.db.doc(`cron_leases/${JOB}`).set(fields, { merge: true });

  it('takes the lease with a token that only rises, and gives it back', async () => {
    for (const token of [1, 2, 3]) {
      const at = scheduledAt();
      await tickWell(job, at);
      expect(await leaseOf(harness.db)).toMatchObject({ owner: null, token });
      expect(await runOf(harness.db, at)).toMatchObject({
        jobName: JOB,
        scheduleTime: at,
        token,
        error: null,
      });
    }
  });

  it('whose lease is held succeeds, says so, and does nothing', async () => {
    await dueEvent();
    await setLease({ owner: 'another-runner', token: 40, expiresAt: new Date(Date.now() + 60_000) });
    const before = await everyDocument(harness.db);
    const at = scheduledAt(1);
    expect(await tick(job, at)).toBe(200);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([]);
    expect(job.logTail(5)).toMatch(new RegExp(`"message":"already running".*"runId":"${JOB}_${at}"`));
  });

  it('whose lease has run out takes it over with a higher token', async () => {
    await setLease({ owner: 'another-runner', token: 50, expiresAt: new Date(Date.now() - 1) });
    const at = scheduledAt();
    await tickWell(job, at);
    expect(await runOf(harness.db, at)).toMatchObject({ token: 51, outcome: 'finished' });
    expect(await leaseOf(harness.db)).toMatchObject({ owner: null, token: 51 });
  });

  it('that is finished does nothing when it comes again', async () => {
    const at = scheduledAt();
    await tickWell(job, at);
    const event = await dueEvent();
    const before = await everyDocument(harness.db);
    expect(await tick(job, at)).toBe(200);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([]);
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'pending_retry', attempts: 1 });
    expect(job.logTail(5)).toMatch(new RegExp(`"message":"already finished".*"runId":"${JOB}_${at}"`));
  });

  it('finishes older runs before its own, the oldest first', async () => {
    await tickWell(job, scheduledAt());
    await dueEvent();
    const older = ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'];
    for (const [n, scheduleTime] of older.entries())
      await harness.db.doc(`cron_runs/${JOB}_${scheduleTime}`).set({
        jobName: JOB,
        scheduleTime,
        token: 1,
        startedAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
        finishedAt: null,
        outcome: 'running',
        counts: { resolved: 3 },
        error: null,
      });
    const at = scheduledAt();
    await tickWell(job, at);
    const runs = await harness.db.getAll(
      ...[...older, at].map((time) => harness.db.doc(`cron_runs/${JOB}_${time}`)),
    );
    const { token } = (await leaseOf(harness.db)) ?? {};
    for (const run of runs) expect(run.data()).toMatchObject({ outcome: 'finished', token: token as number });
    // What was counted before stays counted; the oldest found the work, the others none that was left.
    expect(runs.map((run) => (run.get('counts') as { resolved?: number }).resolved)).toEqual([
      4,
      3,
      undefined,
    ]);
    expect(runs[0]?.get('startedAt')).toEqual(Timestamp.fromMillis(Date.UTC(2026, 0, 1)));
    expect(runs.map((run) => run.updateTime?.toMillis() ?? 0)).toEqual(
      runs.map((run) => run.updateTime?.toMillis() ?? 0).sort((a, b) => a - b),
    );
    expect((await harness.db.collection('cron_runs').where('finishedAt', '==', null).get()).size).toBe(0);
  });

  it('is not kept from its work by the record of an older run that fits nothing', async () => {
    const spoilt = harness.db.doc(`cron_runs/${JOB}_spoilt`);
    await spoilt.set({ jobName: JOB, startedAt: new Date(0), finishedAt: null, scheduleTime: 7 });
    const event = await dueEvent();
    const at = scheduledAt();
    await tickWell(job, at);
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved' });
    expect(await runOf(harness.db, at)).toMatchObject({ outcome: 'finished' });
    expect(job.logTail(10)).toMatch(new RegExp(`"alert":"job_failed".*"runId":"${JOB}_spoilt"`));
    await spoilt.delete();
  });

  it('whose lease can not be read is an error', async () => {
    const before = await leaseOf(harness.db);
    await setLease({ token: 'seven' });
    expect(await tick(job, scheduledAt())).toBe(500);
    expect(job.logTail(20)).toMatch(/"severity":"CRITICAL".*"alert":"lease_store_down"/);
    await setLease({ ...before });
  });
});

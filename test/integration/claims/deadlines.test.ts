import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { checkedClaim, JOB, seedClaim, type SeededClaim } from '../../support/seedClaim';
import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { scheduledFor, tick, tickToDeath } from '../../support/jobTick';
import { moneyOf, toldOf } from '../../support/moneyState';
import { type ServedFunction } from '../../../local/stack/serveFunction';

const HOUR_MS = 3_600_000;
const DEADLINE = new Date('2026-11-26T10:00:00Z');

function isUntouched({ createTime, updateTime }: DocumentSnapshot): boolean {
  return createTime !== undefined && updateTime !== undefined && createTime.isEqual(updateTime);
}

describe('check-verification-deadlines', () => {
  let world: CallWorld;
  let job: ServedFunction;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('verifyPaymentClaim', 'resumeEscalation');
    [job, sendEmail] = await Promise.all([
      world.harness.serve('checkVerificationDeadlines'),
      world.harness.serve('sendEmail'),
    ]);
  });
  afterAll(() => world.harness.stop());
  afterEach(async () => {
    const open = await world.harness.db.collection('payment_claims').get();
    await Promise.all(open.docs.map((doc) => doc.ref.delete()));
  });

  const seed = (fields: object = {}): Promise<SeededClaim> =>
    seedClaim(world.harness.db, { verificationDeadline: DEADLINE, ...fields });
  async function runAt(hoursBefore: number): Promise<void> {
    world.harness.travel(new Date(DEADLINE.getTime() - hoursBefore * HOUR_MS));
    await world.harness.run(job);
  }
  const toldTo = async ({ freelancerId }: SeededClaim) =>
    (await toldOf(world.harness.db, freelancerId)).outbox;

  it('reminds 24 hours and 6 hours before, once each, and then ends the claim', async () => {
    const claim = await seed();
    await runAt(25);
    expect(await toldTo(claim)).toEqual([]);
    for (const hours of [24, 23, 7]) await runAt(hours);
    expect(await toldTo(claim)).toEqual(['claim_reminder']);
    for (const hours of [6, 5, 1]) await runAt(hours);
    expect(await toldTo(claim)).toEqual(['claim_reminder', 'claim_reminder']);
    for (const hours of ['24', '6']) {
      const content = await world.read(`outbox/claim_reminder_${claim.claimId}_${hours}/private/content`);
      expect(content['params']).toMatchObject({ hoursLeft: Number(hours), amount: 10_000 });
      await world.harness.dispatch(sendEmail, `claim_reminder_${claim.claimId}_${hours}`);
      const row = await world.read(`outbox/claim_reminder_${claim.claimId}_${hours}`);
      expect(row).toMatchObject({ status: 'sent' });
    }

    await runAt(0);
    await runAt(-1);
    expect(await checkedClaim(world, claim)).toEqual({
      status: 'expired',
      paymentClaimStatus: 'expired',
      paused: 'payment_claim',
      pauseUntil: new Date('2026-12-03T10:00:00Z'),
      nextActionAt: new Date('2026-12-03T10:00:00Z'),
    });
    expect(await toldOf(world.harness.db, claim.freelancerId)).toEqual({
      notifications: ['claim_expired'],
      outbox: ['claim_expired', 'claim_reminder', 'claim_reminder'],
      timeline: [],
    });
    await world.harness.dispatch(sendEmail, `claim_expired_${claim.claimId}`);
    expect(await world.read(`outbox/claim_expired_${claim.claimId}`)).toMatchObject({ status: 'sent' });

    const late = { claimId: claim.claimId, decision: 'verified' };
    expect(await world.call('verifyPaymentClaim', claim.freelancerId, late)).toMatchObject({
      error: 'FAILED_PRECONDITION',
      message: 'The time to answer has passed. If the money has arrived, record the payment.',
    });
    // The freelancer may wait less long.
    await world.call('resumeEscalation', claim.freelancerId, { invoiceId: claim.invoiceId });
    expect(await moneyOf(world.harness.db, claim.invoiceId)).toMatchObject({ paused: null, chase: 'on' });
  });

  it('after an outage sends the later reminder alone, and none once the time is over', async () => {
    const claim = await seed();
    await runAt(4.5);
    expect(await toldTo(claim)).toEqual(['claim_reminder']);
    const content = await world.read(`outbox/claim_reminder_${claim.claimId}_6/private/content`);
    expect(content['params']).toMatchObject({ hoursLeft: 5 });
    const other = await seed();
    await runAt(-9 * 24);
    expect(await toldTo(other)).toEqual(['claim_expired']);
    // As it is told: 7 more days from now.
    expect(await checkedClaim(world, other)).toMatchObject({ pauseUntil: new Date('2026-12-12T10:00:00Z') });
  });

  it('leaves alone what was answered, and a chase that is over or paused for another reason', async () => {
    const answered = await seed({ status: 'verified' });
    const closed = await seed();
    await world.harness.db
      .doc(`escalation_states/${closed.invoiceId}`)
      .update({ closedAt: new Date(), closedReason: 'paid', isPaused: false });
    await runAt(-1);
    expect(await toldTo(answered)).toEqual([]);
    expect(await checkedClaim(world, closed)).toMatchObject({
      status: 'expired',
      paused: null,
      nextActionAt: null,
    });
  });

  it('holds up no claim for one that is corrupt', async () => {
    const [bad, good] = [await seed({ amount: 'much' }), await seed()];
    await runAt(-1);
    expect((await world.read(`payment_claims/${bad.claimId}`))['status']).toBe('pending_verification');
    expect((await world.read(`payment_claims/${good.claimId}`))['status']).toBe('expired');
    expect(job.logTail(50)).toMatch(new RegExp(`"alert":"claim_left".*${bad.claimId}`));
  });

  it('goes through more than one page, twice at once, with one effect on each', async () => {
    const { db } = world.harness;
    const claims = await Promise.all(Array.from({ length: 120 }, () => seed()));
    const other = await world.harness.serve('checkVerificationDeadlines');
    world.harness.travel(new Date(DEADLINE.getTime() + HOUR_MS));
    const times = [new Date('2026-01-02T00:00:00Z'), new Date('2026-01-02T01:00:00Z')].map(scheduledFor);
    const statuses = await Promise.all([tick(job, times[0] ?? ''), tick(other, times[1] ?? '')]);
    expect(statuses).toEqual([200, 200]);
    const rows = await db.getAll(...claims.map(({ claimId }) => db.doc(`payment_claims/${claimId}`)));
    expect(new Set(rows.map((row): unknown => row.get('status')))).toEqual(new Set(['expired']));
    const told = await db.getAll(...claims.map(({ claimId }) => db.doc(`outbox/claim_expired_${claimId}`)));
    expect(told.filter((item) => !item.exists || !isUntouched(item))).toEqual([]);
  });

  it.each(['claim-deadline.before-commit#3', 'claim-deadline.after-commit#3'])(
    'killed at %s: the next run does the rest, and nothing twice',
    async (at) => {
      const { db } = world.harness;
      const claims = await Promise.all(Array.from({ length: 12 }, () => seed()));
      world.harness.travel(new Date(DEADLINE.getTime() + HOUR_MS));
      const doomed = await world.harness.serve('checkVerificationDeadlines', { RECOUP_CRASH_AT: at });
      const when = at.includes('before') ? '2026-01-03T00:00:00Z' : '2026-01-03T01:00:00Z';
      expect(await tickToDeath(doomed, when)).toBe('SIGKILL');
      await db.doc(`cron_leases/${JOB}`).update({ expiresAt: new Date(Date.now() - 1_000) });
      await world.harness.run(job);
      for (const claim of claims) {
        expect(await checkedClaim(world, claim)).toMatchObject({
          status: 'expired',
          paused: 'payment_claim',
        });
        expect(await toldTo(claim)).toEqual(['claim_expired']);
      }
      expect(await world.read(`cron_runs/${JOB}_${when}`)).toMatchObject({ outcome: 'finished' });
    },
  );

  it('while the freelancer answers: one of the two, and never both', async () => {
    for (let round = 0; round < 3; round += 1) {
      const claim = await seed();
      world.harness.travel(new Date(DEADLINE.getTime() + HOUR_MS));
      const [answer] = await Promise.all([
        world.call('verifyPaymentClaim', claim.freelancerId, {
          claimId: claim.claimId,
          decision: 'verified',
        }),
        world.harness.run(job),
      ]);
      const { status } = await checkedClaim(world, claim);
      expect(status).toBe(answer.error === null ? 'verified' : 'expired');
      expect((await toldTo(claim)).includes('claim_expired')).toBe(status === 'expired');
    }
  });
});

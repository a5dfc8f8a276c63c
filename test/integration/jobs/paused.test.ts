import { eventually } from '../../support/eventually';
import { rowOf, rowRef, seedFailure } from '../../support/failedRows';
import { JOB, expireLease, leaseOf, runOf, scheduledAt, tick, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument, transactionOf } from '../../support/moneyState';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newPayment, newRefund, says } from '../../support/stripePayment';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('a runner that is paused and taken over', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  it('writes nothing under its old token when it wakes', async () => {
    const { db } = harness;
    const [sleeper, successor] = await Promise.all([
      harness.serve('retryWebhooks'),
      harness.serve('retryWebhooks'),
    ]);
    const payment = newPayment(await seedInvoice(db));
    const refund = newRefund(900);
    await putPayment(harness.sandbox, payment, [refund]);
    const event = says.refund(payment, 'created', refund);
    await seedFailure(db, event);

    // It waits for Stripe while it is put to sleep.
    await failStripe(harness.sandbox, { mode: 'slow' });
    const [interrupted, later] = [scheduledAt(), scheduledAt()];
    const answer = tick(sleeper, interrupted);
    await eventually('the runner being at work', async () => {
      const status: unknown = (await rowRef(db, event).get()).get('status');
      return status === 'retrying' ? status : null;
    });
    sleeper.kill('SIGSTOP');
    expect(await leaseOf(db)).toMatchObject({ token: 1 });
    expect(await runOf(db, interrupted)).toMatchObject({ token: 1, outcome: 'running' });

    // Hours pass: both leases, of the job and of the event, run out, and another runner does the work.
    await mendStripe(harness.sandbox);
    await expireLease(db);
    const past = new Date(Date.now() - 1_000);
    await rowRef(db, event).update({ leaseUntil: past, nextRetryAt: past });
    await tickWell(successor, later);
    expect(await rowOf(db, event)).toMatchObject({ status: 'resolved', attempts: 3 });
    expect(await runOf(db, interrupted)).toMatchObject({ token: 2, outcome: 'finished' });
    expect(await runOf(db, later)).toMatchObject({ token: 2, outcome: 'finished' });

    const before = await everyDocument(db);
    sleeper.kill('SIGCONT');
    expect(await answer).toBe(500);
    expect(changedBetween(before, await everyDocument(db))).toEqual([]);
    expect(await leaseOf(db)).toMatchObject({ owner: null, token: 2 });
    expect(sleeper.logTail(50)).toMatch(new RegExp(`"event":"lease_lost".*"jobName":"${JOB}".*"token":1`));
    expect(await transactionOf(db, payment.paymentIntent)).toMatchObject({ refunded: 900 });

    // It is as good as any other runner afterwards.
    const next = scheduledAt();
    await tickWell(sleeper, next);
    expect(await runOf(db, next)).toMatchObject({ token: 3, outcome: 'finished' });
  });
});

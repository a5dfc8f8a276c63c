import { z } from 'zod';
import { eventually } from '../../support/eventually';
import { rowOf, seedFailure } from '../../support/failedRows';
import { expireLease, leaseOf, runOf, scheduledAt, tick, tickWell } from '../../support/jobTick';
import { transactionOf } from '../../support/moneyState';
import { control } from '../../support/sandboxControl';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newPayment, newRefund, says } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type Harness, startHarness } from '../../support/webhookHarness';

const faults = z.array(z.object({ fired: z.number() }));

describe('two runners at once', () => {
  let harness: Harness;
  let one: ServedFunction;
  let other: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    [one, other] = await Promise.all([harness.serve('retryWebhooks'), harness.serve('retryWebhooks')]);
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  /** A refund whose retry has to ask Stripe. */
  async function failedRefund() {
    const payment = newPayment(await seedInvoice(harness.db));
    const refund = newRefund(700);
    await putPayment(harness.sandbox, payment, [refund]);
    const event = says.refund(payment, 'created', refund);
    await seedFailure(harness.db, event);
    return { event, payment };
  }

  it('try each event once, even when one takes the lease from the other', async () => {
    const failed = await Promise.all(Array.from({ length: 10 }, failedRefund));
    // Longer than it takes the other runner to come by, also on a busy machine; shorter than our client waits.
    await failStripe(harness.sandbox, { mode: 'slow', delayMs: 6_000 });
    const first = tick(one, scheduledAt());
    // Not when the five are leased: a question that Stripe had not got yet would be answered at once.
    await eventually('the first runner waiting for Stripe with five events', async () => {
      const [slow] = faults.parse(await control(harness.sandbox, 'GET', 'faults'));
      return slow?.fired === 5 ? slow : null;
    });
    await mendStripe(harness.sandbox);
    await expireLease(harness.db);
    await tickWell(other, scheduledAt());
    // It lost its lease, and says so instead of "done".
    expect(await first).toBe(500);

    for (const { event, payment } of failed) {
      expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', attempts: 2 });
      expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({ refunded: 700 });
    }
    for (const collection of ['processed_events', 'transactions'])
      expect((await harness.db.collection(collection).get()).size).toBe(failed.length);
  });

  it('of one tick are one run', async () => {
    const { event } = await failedRefund();
    const at = scheduledAt();
    const before = Number((await leaseOf(harness.db))?.['token'] ?? 0);
    expect(await Promise.all([tick(one, at), tick(other, at)])).toEqual([200, 200]);
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', attempts: 2 });
    const run = await runOf(harness.db, at);
    expect(run).toMatchObject({ outcome: 'finished', counts: { resolved: 1 }, token: before + 1 });
  });
});

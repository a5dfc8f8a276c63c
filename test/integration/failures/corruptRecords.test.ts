import { rowOf, rowRef, seedFailure } from '../../support/failedRows';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument, moneyOf } from '../../support/moneyState';
import { failStripe, mendStripe } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newPayment, newRefund, says } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('a record of ours that does not fit its schema', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness();
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  const corruptions: [string, Record<string, unknown>][] = [
    ['attempts as text', { attempts: 'three' }],
    ['no event type', { eventType: null }],
    ['an unknown source', { source: 'carrier-pigeon' }],
    ['a lease that is no time', { leaseUntil: 'tomorrow' }],
  ];

  it.each(corruptions)('a failure with %s keeps no event from being applied', async (_name, fields) => {
    const invoice = await seedInvoice(harness.db);
    const event = says.intentPaid(newPayment(invoice));
    await seedFailure(harness.db, event, fields);
    const [answer] = await deliver(harness.webhook.origin, event);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
    expect(await moneyOf(harness.db, invoice.invoiceId)).toMatchObject({ status: 'paid' });
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved', nextRetryAt: null });
  });

  it.each(corruptions)(
    'a failure with %s is set aside by the retries, which go on',
    async (_name, fields) => {
      const spoilt = says.intentPaid(newPayment(await seedInvoice(harness.db)));
      const invoice = await seedInvoice(harness.db);
      const sound = says.intentPaid(newPayment(invoice));
      // The spoilt one is the oldest, so that it comes up first.
      await seedFailure(harness.db, spoilt, { nextRetryAt: new Date(Date.now() - 3_600_000), ...fields });
      await seedFailure(harness.db, sound);
      await tickWell(job, scheduledAt());
      expect(await rowOf(harness.db, spoilt)).toMatchObject({
        status: 'dead_letter',
        nextRetryAt: null,
        lastError: { code: 'corrupt_document' },
      });
      expect(await rowOf(harness.db, sound)).toMatchObject({ status: 'resolved' });
      expect(await moneyOf(harness.db, invoice.invoiceId)).toMatchObject({ status: 'paid' });
      expect(job.logTail(50)).toMatch(new RegExp(`"alert":"dead_letter".*${spoilt.id}`));
    },
  );

  it('a failure that fails again is not answered as done: nothing could be recorded', async () => {
    const event = says.session(newPayment(await seedInvoice(harness.db)), 'completed', {
      payment_intent: null,
    });
    await seedFailure(harness.db, event, { attempts: 'three' });
    const before = await everyDocument(harness.db);
    const [answer] = await deliver(harness.webhook.origin, event);
    expect(answer?.status).toBe(500);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([]);
    expect(harness.webhook.logTail(50)).toMatch(
      new RegExp(`"alert":"webhook_not_recorded".*${event.id}|${event.id}.*"alert":"webhook_not_recorded"`),
    );
  });

  it('a claim still says that its event is done', async () => {
    const invoice = await seedInvoice(harness.db);
    const event = says.intentPaid(newPayment(invoice));
    await harness.db.doc(`processed_events/stripe_${event.id}`).set({ attemptId: 7 });
    const before = await everyDocument(harness.db);
    const [answer] = await deliver(harness.webhook.origin, event);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: true }]);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([]);
  });

  it('a transaction makes a dead letter of its refund, and nothing is written over', async () => {
    const payment = newPayment(await seedInvoice(harness.db));
    await harness.db.doc(`transactions/${payment.paymentIntent}`).set({ amount: 'all of it' });
    const event = says.chargeRefunded(payment, 1_000);
    const before = await everyDocument(harness.db);
    const [answer] = await deliver(harness.webhook.origin, event);
    expect(answer?.status).toBe(200);
    const { path } = rowRef(harness.db, event);
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([
      path,
      `${path}/private/payload`,
    ]);
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'corrupt_document' },
    });
  });

  it('a row of a provider that nobody handles yet is a dead letter', async () => {
    await failStripe(harness.sandbox, { mode: 'unavailable' });
    const event = says.refund(newPayment(await seedInvoice(harness.db)), 'created', newRefund(1));
    await deliver(harness.webhook.origin, event);
    await mendStripe(harness.sandbox);
    await rowRef(harness.db, event).update({ source: 'twilio' });
    await tickWell(job, scheduledAt(4));
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unknown_source' },
    });
  });
});

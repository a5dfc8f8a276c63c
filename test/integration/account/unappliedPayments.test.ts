import { type DocumentData } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { seedInvoice } from '../../support/seed';
import { newPayment, says, type StripeEvent } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';

const ALERT = '"alert":"payments_unapplied"';

describe('a payment that fitted no invoice, and of which nobody has said what it is', () => {
  let world: AdminWorld<'resolveUnappliedPayment'>;
  let webhook: ServedFunction;
  let job: ServedFunction;
  beforeAll(async () => {
    world = await startAdminWorld('resolveUnappliedPayment');
    [webhook, job] = await Promise.all([
      world.harness.serve('stripeWebhook'),
      world.harness.serve('maintainQueues'),
    ]);
  });
  afterAll(() => world.harness.stop());

  async function countedNow(): Promise<unknown> {
    const at = scheduledAt();
    await tickWell(job, at);
    const counts = (await world.read(`cron_runs/maintain-queues_${at}`))['counts'] as DocumentData;
    return counts['payments_unapplied'];
  }

  /** To a process that ends when its commit is made, before it can tell anybody. */
  async function deliverToDeath(event: StripeEvent): Promise<void> {
    const doomed = await world.harness.serve('stripeWebhook', { RECOUP_CRASH_AT: 'stripe.after-commit' });
    await expect(deliver(doomed.origin, event)).rejects.toThrow();
    expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
  }

  it('is told every hour until an operator has, though the process that recorded it told nobody', async () => {
    const { harness } = world;
    const paid = newPayment(await seedInvoice(harness.db));
    await deliver(webhook.origin, says.intentPaid(paid));
    expect([await countedNow(), job.logTail(200).includes(ALERT)]).toEqual([0, false]);

    const payments: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const payment = newPayment(await seedInvoice(harness.db, { status: 'cancelled' }));
      const told = says.intentPaid(payment);
      await deliverToDeath(told);
      // What Stripe delivers again finds the claim, and tells nobody either.
      await deliver(webhook.origin, told);
      payments.push(payment.paymentIntent);
    }
    expect(webhook.logTail(200)).not.toContain('payment_unapplied');
    expect(await countedNow()).toBe(2);
    expect(job.logTail(200)).toMatch(/"alert":"payments_unapplied".*"count":2/);

    const other = await seedInvoice(harness.db);
    for (const [n, transactionId] of payments.entries()) {
      const invoiceId = n === 0 ? null : other.invoiceId;
      const input = { transactionId, invoiceId, reason: 'asked the debtor' };
      expect((await world.ask('resolveUnappliedPayment', input)).error).toBeNull();
      expect(await countedNow()).toBe(1 - n);
    }
  });
});

import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { moneyOf, toldOf } from '../../support/moneyState';
import { seedChase, type ChaseFields } from '../../support/seedChase';
import { seedReminderOf } from '../../support/seedReminder';
import { newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

describe('a freelancer who cancels an invoice', () => {
  let world: CallWorld;
  let sendEmail: ServedFunction;
  let stripeWebhook: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('cancelInvoice');
    [sendEmail, stripeWebhook] = await Promise.all([
      world.harness.serve('sendEmail'),
      world.harness.serve('stripeWebhook'),
    ]);
  });
  afterAll(() => world.harness.stop());

  const seed = (fields: ChaseFields = {}) => seedChase(world.harness.db, fields);
  const cancel = (uid: string, invoiceId: string) => world.call('cancelInvoice', uid, { invoiceId });

  it('ends everything about it in one commit, once, however often it is asked', async () => {
    const sessionId = `cs_${Date.now()}`;
    const seeded = await seed({
      invoice: {
        paymentClaimStatus: 'pending_verification',
        checkout: { sessionId, amount: 10_000, expiresAt: new Date('2099-01-01'), generation: 1, fee: 0 },
      },
    });
    const { invoiceId, freelancerId } = seeded;
    await world.harness.db
      .doc(`payment_claims/${invoiceId}_1`)
      .set({ invoiceId, freelancerId, status: 'pending_verification' });
    const reminder = await seedReminderOf(world.harness, seeded, 'email');
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(freelancerId, invoiceId)));
    for (const answer of answers)
      expect(answer).toMatchObject({ error: null, result: { invoiceId, status: 'cancelled' } });
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({
      status: 'cancelled',
      chase: 'off',
      closed: 'cancelled',
    });
    expect(await world.read(`checkout_expiries/${sessionId}`)).toMatchObject({
      status: 'pending',
      invoiceId,
    });
    expect(await world.read(`payment_claims/${invoiceId}_1`)).toMatchObject({
      status: 'resolved',
      resolvedBy: 'cancellation',
    });
    expect(await toldOf(world.harness.db, freelancerId)).toEqual({
      notifications: [],
      outbox: ['gentle', 'invoice_cancelled'],
      timeline: ['closed'],
    });
    // The reminder meets the gate; the word that it is cancelled goes out.
    await world.harness.dispatch(sendEmail, reminder.id);
    expect(await world.read(reminder.path)).toMatchObject({
      status: 'cancelled',
      reason: 'invoice_not_open',
    });
    await world.harness.dispatch(sendEmail, `invoice_cancelled_${invoiceId}`);
    expect(await world.read(`outbox/invoice_cancelled_${invoiceId}`)).toMatchObject({ status: 'sent' });
  });

  it.each(['draft', 'sent', 'overdue', 'in_collections'])('may do so while it is %s', async (status) => {
    const { invoiceId, freelancerId } = await seed({ invoice: { status } });
    expect((await cancel(freelancerId, invoiceId)).error).toBeNull();
    // Who was never sent it is told nothing.
    const told = (await toldOf(world.harness.db, freelancerId)).outbox;
    expect(told).toEqual(status === 'draft' ? [] : ['invoice_cancelled']);
  });

  it.each(['paid', 'refunded', 'disputed'])('may not while it is %s', async (status) => {
    const { invoiceId, freelancerId } = await seed({ invoice: { status } });
    const changed = await world.changes(async () => {
      expect((await cancel(freelancerId, invoiceId)).error).toBe('FAILED_PRECONDITION');
    });
    expect(changed).toEqual([]);
  });

  it('has to be its freelancer', async () => {
    const { invoiceId, email } = await seed();
    const changed = await world.changes(async () => {
      expect((await cancel('somebody-else', invoiceId)).error).toBe('PERMISSION_DENIED');
      expect((await world.callAs('cancelInvoice', email, { invoiceId })).error).toBe('PERMISSION_DENIED');
      expect((await cancel('somebody-else', 'none')).error).toBe('NOT_FOUND');
    });
    expect(changed).toEqual([]);
  });

  it('while a payment comes in: either it is paid, or the payment waits for a person', async () => {
    for (let round = 0; round < 4; round += 1) {
      const seeded = await seed();
      const payment = newPayment(seeded);
      const [answer] = await Promise.all([
        cancel(seeded.freelancerId, seeded.invoiceId),
        deliver(stripeWebhook.origin, says.sessionPaid(payment)),
      ]);
      const { status, closed } = await moneyOf(world.harness.db, seeded.invoiceId);
      const applied = (await world.read(`transactions/${payment.paymentIntent}`))['applied'] as boolean;
      expect([status, closed, applied, answer.error]).toEqual(
        applied ? ['paid', 'paid', true, 'FAILED_PRECONDITION'] : ['cancelled', 'cancelled', false, null],
      );
    }
  });

  it.each(['before-commit', 'after-commit'])('whose call dies %s: it is cancelled once', async (at) => {
    const { invoiceId, freelancerId } = await seed();
    await world.crash('cancelInvoice', `cancel-invoice.${at}`, freelancerId, { invoiceId });
    expect((await moneyOf(world.harness.db, invoiceId)).status).toBe(
      at === 'before-commit' ? 'in_collections' : 'cancelled',
    );
    expect((await cancel(freelancerId, invoiceId)).error).toBeNull();
    expect((await toldOf(world.harness.db, freelancerId)).outbox).toEqual(['invoice_cancelled']);
  });
});

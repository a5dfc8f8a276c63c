import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPayment, says } from '../../support/stripePayment';
import { takeIn } from '../../support/takeIn';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('a payment', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it('is recorded once, pays the invoice, and queues one receipt', async () => {
    const { db, webhook } = harness;
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded);
    const paid = says.sessionPaid(payment);
    const answers = [...(await deliver(webhook.origin, paid)), ...(await deliver(webhook.origin, paid))];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { received: true, duplicate: false }],
      [200, { received: true, duplicate: true }],
    ]);

    expect(await moneyOf(db, seeded.invoiceId)).toEqual({
      status: 'paid',
      amountPaid: 10_000,
      amountRefunded: 0,
      chase: 'off',
      closed: 'paid',
      paused: null,
    });
    expect(await transactionOf(db, payment.paymentIntent)).toMatchObject({
      ...seeded,
      kind: 'payment',
      amount: 10_000,
      refunded: 0,
      disputed: 0,
      currency: 'GBP',
      status: 'completed',
      applied: true,
      stripePaymentIntentId: payment.paymentIntent,
    });
    expect(await toldOf(db, seeded.freelancerId)).toEqual({
      notifications: ['payment_received'],
      outbox: ['receipt'],
      timeline: ['payment_received'],
    });
    const [receipt, content] = await db.getAll(
      db.doc(`outbox/receipt_${payment.paymentIntent}`),
      db.doc(`outbox/receipt_${payment.paymentIntent}/private/content`),
    );
    expect(receipt?.data()).toMatchObject({ class: 'debtor_service', channel: 'email', status: 'pending' });
    expect(content?.data()).toMatchObject({ to: 'debtor@client.example', params: { amount: 10_000 } });
  });

  it.each([
    { when: 'before the due date', fields: {}, status: 'sent' },
    { when: 'after the due date', fields: { status: 'sent', dueDate: '2020-01-01' }, status: 'overdue' },
    {
      when: 'in collections',
      fields: { status: 'in_collections', dueDate: '2020-01-01', escalationLevel: 'firm' },
      status: 'in_collections',
    },
  ])('of a part, $when, leaves the chase on what is left', async ({ fields, status }) => {
    const seeded = await seedInvoice(harness.db, fields);
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 4_000)));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toEqual({
      status,
      amountPaid: 4_000,
      amountRefunded: 0,
      chase: 'on',
      closed: null,
      paused: null,
    });
  });

  it('of the rest completes the invoice', async () => {
    const seeded = await seedInvoice(harness.db);
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 4_000)));
    const before = await harness.db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(before.get('paidAt')).toBeNull();
    await takeIn(harness, says.intentPaid(newPayment(seeded, 6_000)));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 10_000,
      chase: 'off',
      closed: 'paid',
    });
    const after = await harness.db.doc(`invoices/${seeded.invoiceId}`).get();
    expect(after.get('paidAt')).not.toBeNull();
    expect((await toldOf(harness.db, seeded.freelancerId)).outbox).toEqual(['receipt', 'receipt']);
  });

  it('of too much is recorded, shown and told', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded, 12_550);
    await takeIn(harness, says.sessionPaid(payment));
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 12_550 });
    expect(await toldOf(db, seeded.freelancerId)).toMatchObject({
      notifications: ['overpayment'],
      outbox: ['overpayment', 'receipt'],
    });
    const told = await db.doc(`notifications/payment_received_${payment.paymentIntent}`).get();
    expect(told.get('message')).toContain('£25.50 more than was owed');
    const notice = await db.doc(`outbox/overpayment_${payment.paymentIntent}/private/content`).get();
    expect(notice.data()).toMatchObject({ to: 'freelancer@studio.example', params: { overpaid: 2_550 } });
  });

  it('made twice is two payments: both recorded, the second told as too much', async () => {
    const seeded = await seedInvoice(harness.db);
    const [first, second] = [newPayment(seeded), newPayment(seeded)];
    await takeIn(harness, says.sessionPaid(first), says.sessionPaid(second), says.intentPaid(first));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 20_000 });
    expect(await toldOf(harness.db, seeded.freelancerId)).toEqual({
      notifications: ['overpayment', 'payment_received'],
      outbox: ['overpayment', 'receipt', 'receipt'],
      timeline: ['payment_received', 'payment_received'],
    });
  });

  it('counts what the invoice had been paid before it had a ledger', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(db, { amountPaid: 4_000 });
    const old = newPayment(seeded, 4_000);
    await db.doc(`transactions/${old.paymentIntent}`).set({
      ...seeded,
      kind: 'payment',
      amount: 4_000,
      currency: 'GBP',
      status: 'completed',
      applied: true,
      createdAt: new Date(),
    });
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 6_000)));
    expect(await moneyOf(db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
  });

  it('needs no address to be recorded: without the client’s there is no receipt', async () => {
    const seeded = await seedInvoice(harness.db, { clientEmail: null }, { email: null });
    await takeIn(harness, says.sessionPaid(newPayment(seeded, 11_000)));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 11_000 });
    expect((await toldOf(harness.db, seeded.freelancerId)).outbox).toEqual([]);
  });

  it('on the freelancer’s own Stripe account is applied when the event comes from there', async () => {
    const seeded = await seedInvoice(harness.db, {}, { stripeAccountId: 'acct_own' });
    const payment = newPayment(seeded);
    await takeIn(harness, says.sessionPaid(payment, { account: 'acct_own' }));
    expect(await moneyOf(harness.db, seeded.invoiceId)).toMatchObject({ status: 'paid' });
    expect(await transactionOf(harness.db, payment.paymentIntent)).toMatchObject({
      stripeAccountId: 'acct_own',
      applied: true,
    });
  });
});

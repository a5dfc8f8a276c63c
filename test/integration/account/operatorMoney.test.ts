import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { moneyOf, toldOf, transactionOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { seedMessage } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';

const CALLS = ['resolveUnappliedPayment', 'getInvoiceTimeline'] as const;
type Call = (typeof CALLS)[number];

const REASON = 'asked for on the telephone';

describe("an operator's calls about money and invoices", () => {
  let world: AdminWorld<Call>;
  beforeAll(async () => {
    world = await startAdminWorld(...CALLS);
  });
  afterAll(() => world.harness.stop());

  describe('resolveUnappliedPayment', () => {
    /** A payment that names no invoice of ours, and the one that it was for. */
    async function unapplied(invoice: object = {}, more: object = {}) {
      const { db } = world.harness;
      const seeded = await seedInvoice(db, { ...invoice });
      const payment = newPayment({ ...seeded, invoiceId: newId('inv') }, 10_000, more);
      const webhook = await stripe();
      await deliver(webhook.origin, says.intentPaid(payment));
      const transactionId = payment.paymentIntent;
      expect(await transactionOf(db, transactionId)).toMatchObject({ applied: false });
      return { ...seeded, payment, transactionId };
    }
    let served: Promise<ServedFunction> | undefined;
    const stripe = () => (served ??= world.harness.serve('stripeWebhook'));

    it('applies it once, with all that a payment brings; five times at once and told again is the same', async () => {
      const { db } = world.harness;
      const { invoiceId, freelancerId, transactionId, payment } = await unapplied();
      const input = { transactionId, invoiceId, reason: REASON };
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => world.ask('resolveUnappliedPayment', input)),
      );
      for (const { error, result } of answers)
        expect([error, result]).toEqual([
          null,
          { transactionId, resolution: 'applied', invoiceId, status: 'paid' },
        ]);
      const money = { status: 'paid', amountPaid: 10_000, chase: 'off' };
      expect(await moneyOf(db, invoiceId)).toMatchObject(money);
      const transaction = await transactionOf(db, transactionId);
      expect(transaction).toMatchObject({
        applied: true,
        invoiceId,
        resolution: { kind: 'applied', invoiceId, by: world.admin, reason: REASON },
      });
      expect(transaction).not.toHaveProperty('reason');
      const told = await toldOf(db, freelancerId);
      expect([told.outbox, told.timeline]).toEqual([['payment_unapplied', 'receipt'], ['payment_received']]);
      expect(await world.auditOf('resolveUnappliedPayment', transactionId)).toHaveLength(5);
      // The provider tells it once more, by another event: it is recorded already.
      await deliver((await stripe()).origin, says.intentPaid(payment));
      expect(await moneyOf(db, invoiceId)).toMatchObject(money);
      expect(await world.refusalOf('resolveUnappliedPayment', { ...input, invoiceId: null })).toEqual([
        'FAILED_PRECONDITION',
        'This payment is resolved already, in another way.',
      ]);
    });

    it('notes that it was refunded elsewhere, and no invoice is touched', async () => {
      const { db } = world.harness;
      const { invoiceId, transactionId } = await unapplied();
      const before = await moneyOf(db, invoiceId);
      const input = { transactionId, invoiceId: null, reason: REASON };
      for (const answer of [
        await world.ask('resolveUnappliedPayment', input),
        await world.ask('resolveUnappliedPayment', input),
      ])
        expect(answer.result).toMatchObject({ resolution: 'refunded_elsewhere', invoiceId: null });
      expect(await transactionOf(db, transactionId)).toMatchObject({
        applied: false,
        reason: 'unknown_invoice',
        resolution: { kind: 'refunded_elsewhere' },
      });
      expect(await moneyOf(db, invoiceId)).toEqual(before);
      expect((await world.ask('resolveUnappliedPayment', { ...input, invoiceId })).error).toBe(
        'FAILED_PRECONDITION',
      );
    });

    it.each<[string, object, object, string]>([
      ['a draft', { status: 'draft' }, {}, 'The invoice is not sent yet.'],
      ['a cancelled invoice', { status: 'cancelled' }, {}, 'The invoice is cancelled.'],
      ['one in another currency', {}, { currency: 'eur' }, 'The invoice is in GBP, the payment in EUR.'],
    ])('refuses %s, and changes nothing', async (_what, invoice, more, message) => {
      const { invoiceId, transactionId } = await unapplied(invoice, more);
      const before = await world.read(`invoices/${invoiceId}`);
      expect(
        await world.refusalOf('resolveUnappliedPayment', { transactionId, invoiceId, reason: REASON }),
      ).toEqual(['FAILED_PRECONDITION', message]);
      expect(await world.read(`invoices/${invoiceId}`)).toEqual(before);
      expect(await transactionOf(world.harness.db, transactionId)).toMatchObject({ resolution: null });
    });

    it('refuses money on another freelancer’s account, and a payment that is not there', async () => {
      const { db } = world.harness;
      const { invoiceId, transactionId } = await unapplied();
      await seedInvoice(db, {}, { stripeAccountId: 'acct_somebody' });
      await db.doc(`transactions/${transactionId}`).update({ stripeAccountId: 'acct_somebody' });
      const input = { transactionId, invoiceId, reason: REASON };
      expect(await world.refusalOf('resolveUnappliedPayment', input)).toEqual([
        'FAILED_PRECONDITION',
        'The money is on the account of another freelancer.',
      ]);
      expect((await world.ask('resolveUnappliedPayment', { ...input, transactionId: 'pi_none' })).error).toBe(
        'NOT_FOUND',
      );
      expect((await world.ask('resolveUnappliedPayment', { ...input, invoiceId: 'inv-none' })).error).toBe(
        'NOT_FOUND',
      );
    });

    it.each(['before', 'after'])('whose process dies %s the commit: repeated, it is once', async (when) => {
      const { invoiceId, transactionId } = await unapplied();
      const input = { transactionId, invoiceId, reason: REASON };
      const point = { before: 'resolve-payment.before-commit', after: 'resolve-payment.after-commit' }[when];
      await world.crash('resolveUnappliedPayment', point ?? '', world.admin, input, { admin: true });
      expect((await moneyOf(world.harness.db, invoiceId)).status).toBe(when === 'after' ? 'paid' : 'sent');
      expect((await world.ask('resolveUnappliedPayment', input)).result).toMatchObject({ status: 'paid' });
      expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ amountPaid: 10_000 });
    });
  });

  it('getInvoiceTimeline tells an invoice’s life in order, without names, addresses and words', async () => {
    const { db } = world.harness;
    const email = `${newId('debtor')}@client.example`;
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 9, minute));
    const { invoiceId, freelancerId } = await seedInvoice(db, {
      clientEmail: email,
      status: 'paid',
      createdAt: at(0),
      sentAt: at(1),
      paidAt: at(40),
    });
    const about = { invoiceId, freelancerId };
    const item = await seedMessage(db, 'email', email, {
      ...about,
      status: 'delivered',
      createdAt: at(10),
      history: [
        { at: at(11), what: 'deferred', reason: 'scheduled for the next permitted time' },
        { at: at(12), what: 'passed', reason: null },
        { at: at(13), what: 'sent', reason: null },
        { at: at(15), what: 'delivered', reason: null },
      ],
    });
    await db.doc(`escalation_timeline/${invoiceId}_gentle`).set({
      ...about,
      eventType: 'escalated',
      level: 'gentle',
      timestamp: at(9),
      message: `to ${email}`,
    });
    await db.doc(`processed_events/sendgrid_${item.id}`).set({
      source: 'sendgrid',
      eventType: 'delivered',
      outcome: 'applied',
      processedAt: at(14),
      metadata: { outboxId: item.id },
    });
    await db.doc(`processed_events/stripe_${invoiceId}`).set({
      source: 'stripe',
      eventType: 'payment_intent.succeeded',
      outcome: 'applied',
      processedAt: at(39),
      metadata: { invoiceId },
    });
    await db
      .doc(`payment_claims/${invoiceId}_1`)
      .set({ ...about, amount: 10_000, status: 'resolved', createdAt: at(30), reference: 'from Bob' });
    const { result } = await world.ask('getInvoiceTimeline', { invoiceId });
    const entries = result['entries'] as { at: string; kind: string; what: string }[];
    expect(entries.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      'invoice created',
      'invoice sent',
      'chase escalated',
      'message queued',
      'gate deferred',
      'gate passed',
      'message sent',
      'callback delivered',
      'message delivered',
      'claim claimed',
      'callback payment_intent.succeeded',
      'invoice paid',
    ]);
    expect(result['counts']).toEqual({ invoice: 3, chase: 1, message: 3, gate: 2, callback: 2, claim: 1 });
    expect(result['invoice']).toMatchObject({ id: invoiceId, status: 'paid', amount: 10_000 });
    expect(JSON.stringify(result)).not.toMatch(/@|Debtor|Bob|Ada/);
    expect((await world.ask('getInvoiceTimeline', { invoiceId: 'none' })).error).toBe('NOT_FOUND');
  });
});

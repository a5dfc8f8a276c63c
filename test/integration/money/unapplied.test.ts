import { changedBetween, everyDocument, toldOf, transactionOf } from '../../support/moneyState';
import { seedInvoice, type SeededInvoice } from '../../support/seed';
import { type EventOptions, newId } from '../../support/stripeEvents';
import { newPayment, says, type StripePayment } from '../../support/stripePayment';
import { openFailures, outcomesOf, takeIn } from '../../support/takeIn';
import { type Harness, startHarness } from '../../support/webhookHarness';

interface Case {
  readonly what: string;
  readonly reason: string;
  readonly invoice?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly event?: EventOptions;
  readonly payment?: (seeded: SeededInvoice) => Partial<StripePayment>;
  /** Whether the freelancer whom the metadata names is certain, and so is told. */
  readonly told: boolean;
}

const CASES: readonly Case[] = [
  {
    what: 'in another currency',
    reason: 'currency_mismatch',
    payment: () => ({ currency: 'eur' }),
    told: true,
  },
  {
    what: 'for an invoice that is not there',
    reason: 'unknown_invoice',
    payment: ({ freelancerId }) => ({ metadata: { kind: 'invoice', invoiceId: newId('inv'), freelancerId } }),
    told: true,
  },
  {
    what: 'that names no invoice',
    reason: 'unknown_invoice',
    payment: ({ freelancerId }) => ({ metadata: { kind: 'invoice', freelancerId } }),
    told: true,
  },
  {
    what: 'for a cancelled invoice',
    reason: 'invoice_cancelled',
    invoice: { status: 'cancelled' },
    told: true,
  },
  { what: 'for a draft', reason: 'invoice_not_sent', invoice: { status: 'draft' }, told: true },
  {
    what: 'from a foreign account',
    reason: 'account_mismatch',
    event: { account: 'acct_foreign' },
    told: false,
  },
  {
    what: 'from another account than the owner’s',
    reason: 'account_mismatch',
    user: { stripeAccountId: 'acct_owner' },
    event: { account: 'acct_foreign' },
    told: false,
  },
  {
    what: 'from our own account while the owner has one',
    reason: 'account_mismatch',
    user: { stripeAccountId: 'acct_owner' },
    told: true,
  },
  {
    what: 'that names another freelancer',
    reason: 'freelancer_mismatch',
    payment: ({ invoiceId }) => ({
      metadata: { kind: 'invoice', invoiceId, freelancerId: newId('user') },
    }),
    told: false,
  },
  {
    what: 'that names no freelancer',
    reason: 'freelancer_mismatch',
    payment: ({ invoiceId }) => ({ metadata: { kind: 'invoice', invoiceId } }),
    told: false,
  },
  { what: 'of real money', reason: 'livemode_mismatch', event: { livemode: true }, told: true },
];

const HOSTILE: readonly string[] = [
  '../x',
  'a/b',
  '.',
  '..',
  '__proto__',
  '__name__',
  'constructor',
  'x'.repeat(2_000),
  '💸🙂',
  'a\u0000b',
  '{"$gt":""}',
  '',
  ' ',
];

describe('a payment that can not be applied', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it.each(CASES)('$what is kept with its reason, and the invoice is untouched', async (wrong) => {
    const { db } = harness;
    const seeded = await seedInvoice(db, wrong.invoice, wrong.user);
    const before = await everyDocument(db);
    const payment = newPayment(seeded, 10_000, wrong.payment?.(seeded));
    const paid = says.sessionPaid(payment, wrong.event);
    // The other event of the same payment, and both again: it is recorded and told once.
    const events = [paid, says.intentPaid(payment, wrong.event), paid];
    await takeIn(harness, ...events);

    expect(await transactionOf(db, payment.paymentIntent)).toMatchObject({
      applied: false,
      reason: wrong.reason,
      amount: 10_000,
      currency: payment.currency.toUpperCase(),
      status: 'completed',
      freelancerId: wrong.told ? seeded.freelancerId : null,
    });
    expect(await outcomesOf(harness, ...events.slice(0, 2))).toEqual([
      `unapplied:${wrong.reason}`,
      'already_recorded',
    ]);
    const changed = changedBetween(before, await everyDocument(db));
    const notice = `payment_unapplied_${payment.paymentIntent}`;
    expect(changed).toEqual(
      [
        `transactions/${payment.paymentIntent}`,
        ...events.slice(0, 2).map(({ id }) => `processed_events/stripe_${id}`),
        ...(wrong.told
          ? [`notifications/${notice}`, `outbox/${notice}`, `outbox/${notice}/private/content`]
          : []),
      ].sort(),
    );
    expect(await openFailures(harness)).toEqual([]);
  });

  it('tells nobody whom it does not name, even where the invoice has an owner', async () => {
    const [owner, other] = [await seedInvoice(harness.db), await seedInvoice(harness.db)];
    const metadata = { kind: 'invoice', invoiceId: owner.invoiceId, freelancerId: other.freelancerId };
    const payment = newPayment(owner, 10_000, { metadata });
    await takeIn(harness, says.sessionPaid(payment));
    expect((await toldOf(harness.db, owner.freelancerId)).notifications).toEqual([]);
    expect((await toldOf(harness.db, other.freelancerId)).notifications).toEqual(['payment_unapplied']);
  });

  it.each(HOSTILE.map((text) => ({ text, shown: JSON.stringify(text).slice(0, 20) })))(
    'because its metadata say $shown changes nothing else',
    async ({ text }) => {
      const { db } = harness;
      const seeded = await seedInvoice(db);
      const before = await everyDocument(db);
      for (const metadata of [
        { kind: 'invoice', invoiceId: text, freelancerId: text },
        { kind: 'invoice', invoiceId: seeded.invoiceId, freelancerId: text, [text]: text },
      ]) {
        const payment = newPayment(seeded, 10_000, { metadata });
        const paid = says.intentPaid(payment);
        await takeIn(harness, paid, says.declined(payment));
        const recorded = await transactionOf(db, payment.paymentIntent);
        expect(recorded).toMatchObject({ applied: false, freelancerId: null });
      }
      const changed = changedBetween(before, await everyDocument(db));
      const others = changed.filter(
        (path) => !/^(transactions\/pi_|processed_events\/stripe_evt_)/.test(path),
      );
      expect(others).toEqual([]);
      expect(await openFailures(harness)).toEqual([]);
    },
  );
});

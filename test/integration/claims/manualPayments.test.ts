import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { moneyOf, toldOf } from '../../support/moneyState';
import { seedChase, type ChaseFields, type SeededChase } from '../../support/seedChase';
import { newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

describe('a payment that the freelancer records himself', () => {
  let world: CallWorld;
  let stripeWebhook: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('recordManualPayment');
    stripeWebhook = await world.harness.serve('stripeWebhook');
  });
  afterAll(() => world.harness.stop());

  const seed = (fields: ChaseFields = {}) => seedChase(world.harness.db, fields);
  const inputOf = ({ invoiceId }: SeededChase, fields: object = {}) => ({
    invoiceId,
    amount: 10_000,
    currency: 'GBP',
    method: 'bank_transfer',
    paidOn: '2026-11-20',
    requestId: 'first',
    ...fields,
  });
  const record = (seeded: SeededChase, fields: object = {}) =>
    world.call('recordManualPayment', seeded.freelancerId, inputOf(seeded, fields));

  it('pays the invoice as any payment does, once for a requestId, also on a connected account', async () => {
    const seeded = await seed({ user: { stripeAccountId: 'acct_1' } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => record(seeded)));
    const transactionId = `manual_${seeded.freelancerId}_first`;
    for (const { error, result } of answers)
      expect([error, result]).toEqual([
        null,
        { transactionId, status: 'paid', amountPaid: 10_000, overpaid: 0 },
      ]);
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 10_000,
      chase: 'off',
      closed: 'paid',
    });
    expect(await world.read(`transactions/${transactionId}`)).toMatchObject({
      kind: 'payment',
      applied: true,
      method: 'bank_transfer',
      paidOn: '2026-11-20',
      stripePaymentIntentId: null,
    });
    expect(await toldOf(world.harness.db, seeded.freelancerId)).toEqual({
      notifications: ['payment_received'],
      outbox: ['receipt'],
      timeline: ['payment_received'],
    });
  });

  it('in part leaves the chase on what is left, and does not end a pause', async () => {
    const seeded = await seed();
    expect(await record(seeded, { amount: 4_000 })).toMatchObject({ result: { status: 'in_collections' } });
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({ chase: 'on', closed: null });
    const paused = await seed({
      invoice: { nextActionAt: null },
      chase: { isPaused: true, pauseReason: 'manual' },
    });
    await record(paused, { amount: 4_000 });
    expect(await moneyOf(world.harness.db, paused.invoiceId)).toMatchObject({
      chase: 'off',
      paused: 'manual',
    });
  });

  it('of too much is recorded, and told', async () => {
    const seeded = await seed();
    expect(await record(seeded, { amount: 12_500 })).toMatchObject({
      result: { status: 'paid', overpaid: 2_500 },
    });
    expect(await record(seeded, { amount: 100, requestId: 'second' })).toMatchObject({
      result: { status: 'paid', amountPaid: 12_600, overpaid: 2_600 },
    });
    const { notifications, outbox } = await toldOf(world.harness.db, seeded.freelancerId);
    expect(notifications).toEqual(['overpayment', 'overpayment']);
    expect(outbox).toEqual(['overpayment', 'overpayment', 'receipt', 'receipt']);
  });

  it('at the same time as one through Stripe: both count, and nothing is lost', async () => {
    const seeded = await seed();
    const [answer] = await Promise.all([
      record(seeded),
      deliver(stripeWebhook.origin, says.sessionPaid(newPayment(seeded))),
    ]);
    expect(answer.error).toBeNull();
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 20_000,
    });
    expect((await toldOf(world.harness.db, seeded.freelancerId)).notifications).toEqual([
      'overpayment',
      'payment_received',
    ]);
  });

  it.each<[string, object, ChaseFields, string]>([
    ['of another currency', { currency: 'EUR' }, {}, 'INVALID_ARGUMENT'],
    ['of tomorrow', { paidOn: '2026-11-25' }, {}, 'INVALID_ARGUMENT'],
    ['of nothing', { amount: 0 }, {}, 'INVALID_ARGUMENT'],
    ['of parts of a penny', { amount: 10.5 }, {}, 'INVALID_ARGUMENT'],
    ['in shells', { method: 'shells' }, {}, 'INVALID_ARGUMENT'],
    ['for a draft', {}, { invoice: { status: 'draft' } }, 'FAILED_PRECONDITION'],
    ['for what is cancelled', {}, { invoice: { status: 'cancelled' } }, 'FAILED_PRECONDITION'],
  ])('%s is refused', async (_, fields, chase, error) => {
    const seeded = await seed(chase);
    const changed = await world.changes(async () => {
      expect((await record(seeded, fields)).error).toBe(error);
    });
    expect(changed).toEqual([]);
  });

  it('is refused to others, and under a requestId that was used for another', async () => {
    const seeded = await seed();
    await record(seeded, { amount: 1_000 });
    const changed = await world.changes(async () => {
      expect((await record(seeded, { amount: 2_000 })).error).toBe('FAILED_PRECONDITION');
      const foreign = await world.call('recordManualPayment', 'somebody-else', inputOf(seeded));
      expect(foreign.error).toBe('PERMISSION_DENIED');
    });
    expect(changed).toEqual([]);
  });

  it.each(['before-commit', 'after-commit'])('whose call dies %s is recorded once', async (at) => {
    const seeded = await seed();
    await world.crash('recordManualPayment', `manual-payment.${at}`, seeded.freelancerId, inputOf(seeded));
    expect(await record(seeded)).toMatchObject({ error: null, result: { amountPaid: 10_000 } });
    expect((await toldOf(world.harness.db, seeded.freelancerId)).outbox).toEqual(['receipt']);
  });
});

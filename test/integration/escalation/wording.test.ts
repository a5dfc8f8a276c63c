import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type EscalationWorld, startEscalationWorld } from '../../support/escalationWorld';
import { TUESDAY } from '../../support/messageHarness';

/** What a ledger says of a payment that was not given back. */
const PAID = { refunded: 0, disputed: 0, disputeOpen: false };

describe('a reminder, when it is sent', () => {
  let world: EscalationWorld;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    world = await startEscalationWorld();
    sendEmail = await world.harness.serve('sendEmail');
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(() => world.harness.stop());

  it('asks for what is left when it goes, not when it was decided', async () => {
    const { invoiceId } = await world.seedDue('2026-11-19', { invoice: { amount: 10_000, amountPaid: 0 } });
    await world.run();
    const id = `dunning_${invoiceId}_gentle_email`;
    const invoice = world.harness.db.doc(`invoices/${invoiceId}`);
    const content = async () => (await world.read(`outbox/${id}/private/content`))['params'] as unknown;
    // Too late in the evening: what it would say can be looked at already.
    world.harness.travel('2026-11-24T20:00:00Z');
    await world.harness.dispatch(sendEmail, id);
    expect(await world.read(`outbox/${id}`)).toMatchObject({ status: 'pending' });
    expect(await content()).toMatchObject({ amount: 10_000 });
    await invoice.update({ amountPaid: 4_000, payments: { pi_x: { ...PAID, amount: 4_000 } } });
    world.harness.travel('2026-11-25T09:00:00Z');
    await world.harness.dispatch(sendEmail, id);
    expect(await world.read(`outbox/${id}`)).toMatchObject({ status: 'sent' });
    expect(await content()).toMatchObject({ amount: 6_000 });
  });

  it('fails a reminder that can not be worded, and the chase goes on', async () => {
    const { invoiceId } = await world.seedDue('2026-11-19');
    await world.run();
    const id = `dunning_${invoiceId}_gentle_email`;
    await world.harness.db.doc(`invoices/${invoiceId}`).update({ currency: 'POUND' });
    await world.harness.dispatch(sendEmail, id);
    expect(await world.read(`outbox/${id}`)).toMatchObject({ status: 'failed', reason: 'unwritable' });
    expect((await world.read(`escalation_states/${invoiceId}`))['pendingOutbox']).toEqual([]);
  });

  it('names interest, from the days of the payments, and the last day to pay', async () => {
    const entry = (amount: number) => ({ ...PAID, amount });
    const { invoiceId, freelancerId } = await world.seedDue('2026-10-25', {
      invoice: {
        amount: 200_000,
        amountPaid: 7_500,
        payments: { pi_part: entry(2_500), manual_part: entry(5_000) },
      },
      user: { chargesStatutory: true },
    });
    const payment = (id: string, fields: object) =>
      world.harness.db.doc(`transactions/${id}`).set({
        invoiceId,
        freelancerId,
        kind: 'payment',
        refunded: 0,
        disputed: 0,
        currency: 'GBP',
        status: 'completed',
        applied: true,
        ...fields,
      });
    await payment('pi_part', { amount: 2_500, createdAt: new Date('2026-11-14T12:00:00Z') });
    // By hand: it counts from the day on which it came, not from the day on which we were told.
    await payment('manual_part', {
      amount: 5_000,
      method: 'cash',
      paidOn: '2026-11-04',
      createdAt: new Date('2026-11-23T12:00:00Z'),
    });
    await world.run();
    await world.harness.dispatch(sendEmail, `dunning_${invoiceId}_final_email`);
    const content = await world.read(`outbox/dunning_${invoiceId}_final_email/private/content`);
    expect(content['params']).toEqual({
      clientName: 'A Debtor',
      businessName: 'Ada Studio',
      reference: 'INV-0001',
      amount: 192_500,
      currency: 'GBP',
      dueDate: '2026-10-25',
      payBy: '2026-12-01',
      // (200 000 × 30 days − 2 500 × 11 days − 5 000 × 21 days) × 11.75 % / 365
      statutoryInterest: 1_889,
      compensation: 7_000,
      rate: '11.75',
      chargesStatutory: true,
    });
  });
});

import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { seedInvoice } from '../../support/seed';
import { seedMessage } from '../../support/seedMessage';
import { seedChase } from '../../support/seedChase';
import { newId } from '../../support/stripeEvents';

const REFUSAL = 'The id of this draft is not free. Copy it to a new draft first.';
const CALLS = [
  'sendInvoice',
  'openDispute',
  'cancelInvoice',
  'resendOutbox',
  'recordManualPayment',
  'sendCollectionsSms',
] as const;

describe('ids that a client chooses', () => {
  let world: AdminWorld<(typeof CALLS)[number]>;
  beforeAll(async () => {
    world = await startAdminWorld(...CALLS);
  });
  afterAll(() => world.harness.stop());

  /** Has a freelancer send a draft of this id, which the rules would not let him make. */
  async function trySending(id: string) {
    const { db } = world.harness;
    const clientId = newId('client');
    const { invoiceId, freelancerId } = await seedInvoice(db, { status: 'draft', clientId });
    const draft = await world.read(`invoices/${invoiceId}`);
    await db.doc(`invoices/${id}`).set(draft);
    await db
      .doc(`clients/${clientId}`)
      .set({ freelancerId, name: 'A Debtor', email: `${newId('debtor')}@client.example` });
    const { error, message } = await world.call('sendInvoice', freelancerId, { invoiceId: id });
    return { error, message };
  }
  const refused = { error: 'FAILED_PRECONDITION', message: REFUSAL };

  it('keep no debtor from a dispute', async () => {
    const { invoiceId, email } = await seedChase(world.harness.db);
    const answers = [];
    for (const n of [1, 2]) answers.push(await trySending(`disputed_${invoiceId}_${n}`));
    const opened = await world.callAs('openDispute', email, { invoiceId, reason: 'The logo is wrong.' });
    expect(opened).toMatchObject({ error: null, result: { status: 'disputed' } });
    expect(answers).toEqual([refused, refused]);
  });

  it('keep nobody from cancelling', async () => {
    const { invoiceId, freelancerId } = await seedChase(world.harness.db);
    const answer = await trySending(`cancelled_${invoiceId}`);
    const cancelled = await world.call('cancelInvoice', freelancerId, { invoiceId });
    expect(cancelled).toMatchObject({ error: null, result: { status: 'cancelled' } });
    expect(answer).toEqual(refused);
  });

  it('keep no message from being sent anew', async () => {
    const { invoiceId, freelancerId, email } = await seedChase(world.harness.db);
    const of = { class: 'debtor_service', template: 'invoice', level: null, status: 'failed' };
    const seeded = await seedMessage(world.harness.db, 'email', email, { ...of, invoiceId, freelancerId });
    const id = `invoice_${invoiceId}`;
    const failed = await world.read(seeded.path);
    await world.harness.db.doc(`outbox/${id}`).set(failed);
    await world.harness.db.doc(`outbox/${id}/private/content`).set({ to: email, params: {} });
    const answer = await trySending(`${invoiceId}_r1`);
    const resent = await world.ask('resendOutbox', { id, reason: 'asked for it' });
    expect(resent).toMatchObject({ error: null, result: { outboxId: `${id}_r1` } });
    expect(answer).toEqual(refused);
  });

  it.each(['payment_manual', 'sent_sms'])('make no row of another timeline (%s)', async (middle) => {
    const { invoiceId, freelancerId } = await seedChase(world.harness.db);
    expect(await trySending(`${invoiceId}_${middle}_${freelancerId}_x`)).toEqual(refused);
  });

  it('of one click do not end as those of messages that were sent anew', async () => {
    const { invoiceId, freelancerId } = await seedChase(world.harness.db);
    const payment = { amount: 1, currency: 'GBP', method: 'cash', paidOn: '2026-11-20' };
    const asked = { invoiceId, requestId: 'click_r1' };
    const answers = [
      await world.call('recordManualPayment', freelancerId, { ...asked, ...payment }),
      await world.call('sendCollectionsSms', freelancerId, asked),
    ];
    expect(answers.map(({ error }) => error)).toEqual(['INVALID_ARGUMENT', 'INVALID_ARGUMENT']);
  });
});

import { type DocumentReference } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { callFunction } from '../../../support/callFunction';
import { seedSent } from '../../../support/courtesyWorld';
import { type MessageHarness } from '../../../support/messageHarness';
import { seedChase, type SeededChase } from '../../../support/seedChase';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { newId } from '../../../support/stripeEvents';
import { unsignedToken } from '../../../support/unsignedToken';

const SATURDAY = '2026-11-28T10:00:00Z';
const MONDAY = '2026-11-30T10:00:00Z';

describe('a message that waited for a permitted time', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  let sendCollectionsSms: ServedFunction;
  let processEmailSequence: ServedFunction;
  let resendOutbox: ServedFunction;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
    [sendCollectionsSms, processEmailSequence, resendOutbox] = await Promise.all([
      harness.serve('sendCollectionsSms'),
      harness.serve('processEmailSequence'),
      harness.serve('resendOutbox'),
    ]);
  });
  afterAll(() => harness.stop());

  /** £500 of £800 are paid. */
  const paidInPart = ({ invoiceId }: SeededChase): Promise<unknown> =>
    harness.db.doc(`invoices/${invoiceId}`).update({
      amountPaid: 50_000,
      payments: { pi_part: { amount: 50_000, refunded: 0, disputed: 0, disputeOpen: false } },
    });
  const wordsOf = async (item: DocumentReference): Promise<unknown> =>
    (await world.read(`${item.path}/private/content`))['params'];

  /** A final notice by text message, asked for on a Saturday: it goes on Monday. */
  async function finalNotice(): Promise<{ chase: SeededChase; item: DocumentReference }> {
    harness.travel(SATURDAY);
    const chase = await seedChase(harness.db, {
      invoice: { amount: 80_000, dueDate: '2026-10-25', escalationLevel: 'final' },
      user: { chargesStatutory: true },
      chase: { currentLevel: 'final', sentLevels: ['gentle', 'firm', 'final'] },
    });
    const { invoiceId, freelancerId } = chase;
    const requestId = newId('req');
    const { result } = await harness.call(sendCollectionsSms, freelancerId, { invoiceId, requestId });
    expect(result).toMatchObject({ status: 'deferred', notBefore: '2026-11-30T09:00:00.000Z' });
    return { chase, item: harness.db.doc(`outbox/sms_${freelancerId}_${requestId}`) };
  }

  it('a text message asked for by hand names what is left, and seven days from its own', async () => {
    const { chase, item } = await finalNotice();
    await paidInPart(chase);
    harness.travel(MONDAY);
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'sent', template: 'final', level: null });
    // What he may charge besides is for the chase to compute.
    expect(await wordsOf(item)).toMatchObject({
      amount: 30_000,
      payBy: '2026-12-07',
      businessName: 'Ada Studio',
      statutoryInterest: null,
      compensation: null,
      chargesStatutory: false,
    });
    expect(JSON.stringify(harness.sandbox.accepted('twilio').at(-1)?.body)).toMatch(/£300/);
  });

  it('and so does what an operator has sent anew', async () => {
    const { chase, item } = await finalNotice();
    harness.travel(MONDAY);
    await world.fail('sms', { mode: 'provider_error', code: '30007' });
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'failed' });
    await paidInPart(chase);
    harness.travel('2026-12-09T10:00:00Z');
    await harness.db.doc('users/an-admin').set({ role: 'admin' });
    const data = { id: item.id, reason: 'asked for on the telephone' };
    const token = unsignedToken(harness.projectId, 'an-admin', { admin: true });
    const answer = await callFunction(resendOutbox.origin, data, token);
    expect(answer.error).toBeNull();
    const again = harness.db.doc(`outbox/${item.id}_r1`);
    await world.dispatch('sms', again);
    expect(await world.row(again)).toMatchObject({ status: 'sent' });
    expect(await wordsOf(again)).toMatchObject({ amount: 30_000, payBy: '2026-12-16' });
  });

  it('a courtesy note names what is left', async () => {
    const chase = await seedSent(harness.db, '2026-12-02', { invoice: { amount: 80_000 } });
    harness.travel('2026-11-29T10:00:00Z');
    await harness.run(processEmailSequence);
    const item = harness.db.doc(`outbox/courtesy_${chase.invoiceId}_before`);
    await world.dispatch('email', item);
    expect(await world.row(item)).toMatchObject({ status: 'pending' });
    await paidInPart(chase);
    harness.travel(MONDAY);
    await world.dispatch('email', item);
    expect(await world.row(item)).toMatchObject({ status: 'sent' });
    expect(await wordsOf(item)).toMatchObject({ amount: 30_000, dueDate: '2026-12-02' });
  });
});

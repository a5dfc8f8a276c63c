import { type DocumentReference } from 'firebase-admin/firestore';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { control } from '../../../support/sandboxControl';
import { receiveSms, reportSmsStatus } from '../../../support/sandboxTwilio';
import { newPhone, seedChase } from '../../../support/seedChase';
import { seedReminder, seedReminderOf } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('reconcileMessages', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
    const status = await harness.serve('twilioSmsStatus');
    harness.sandbox.webhookTargets.twilioStatus = status.origin;
  });
  beforeEach(async () => {
    harness.travel(TUESDAY);
    await control(harness.sandbox, 'POST', 'reset');
    await harness.db.doc('reconciliations/twilio_inbound').delete();
    await harness.db.doc('system_config/policy').delete();
  });
  afterAll(() => harness.stop());

  const reconcile = (): Promise<void> => harness.run(world.reconcileMessages);
  const statusOf = async (item: DocumentReference): Promise<unknown> => (await world.row(item))['status'];
  const sidOf = (item: DocumentReference): string | undefined =>
    harness.sent().find(({ outboxId }) => outboxId === item.id)?.messageId;

  /** Two messages with the same words to the same number, on one day. */
  async function twoAlike(): Promise<readonly [DocumentReference, DocumentReference]> {
    await harness.db.doc('system_config/policy').set({ frequency: { perDay: 5 } });
    const chase = await seedChase(harness.db);
    return [await seedReminderOf(harness, chase, 'sms'), await seedReminderOf(harness, chase, 'sms')];
  }

  it.each<[string, string, number | undefined, object]>([
    ['queued', 'queued', undefined, { status: 'sent' }],
    ['delivered', 'delivered', undefined, { status: 'delivered' }],
    ['undelivered', 'undelivered', 30003, { status: 'failed', reason: '30003' }],
    ['expired', 'undelivered', 30036, { status: 'pending', reason: 'expired', providerMessageId: null }],
  ])('finds what was sent in the list of Twilio: %s', async (_what, status, errorCode, expected) => {
    const { item } = await seedReminder(harness, 'sms');
    await world.fail('sms', { mode: 'accept_then_error' });
    await world.dispatch('sms', item);
    const sid = sidOf(item) ?? '';
    const lost = { status, deliveries: 0, ...(errorCode === undefined ? {} : { errorCode }) };
    await reportSmsStatus(harness.sandbox, sid, lost);
    // Twilio may list it a little later.
    world.later(MINUTE_MS);
    await reconcile();
    expect(await statusOf(item)).toBe('unknown');
    world.later(2 * MINUTE_MS);
    await reconcile();
    expect(await world.row(item)).toMatchObject({ providerMessageId: sid, ...expected });
  });

  it("never takes another message's place in the list", async () => {
    const [sent, unknown] = await twoAlike();
    await world.dispatch('sms', sent);
    await world.fail('sms', { mode: 'server_error' });
    await world.dispatch('sms', unknown);
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect([await statusOf(sent), await statusOf(unknown)]).toEqual(['sent', 'unknown']);
  });

  it("nor that of another message's earlier attempt", async () => {
    const [expired, unknown] = await twoAlike();
    await world.dispatch('sms', expired);
    const report = { status: 'undelivered', errorCode: 30036 };
    await reportSmsStatus(harness.sandbox, sidOf(expired) ?? '', report);
    await world.fail('sms', { mode: 'server_error' });
    await world.dispatch('sms', unknown);
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect([await statusOf(expired), await statusOf(unknown)]).toEqual(['pending', 'unknown']);
  });

  it.each([1, 2])('does not guess between two alike, of which %i were sent', async (sent) => {
    const [first, second] = await twoAlike();
    await world.fail('sms', { mode: sent === 2 ? 'accept_then_error' : 'server_error' });
    await world.dispatch('sms', first);
    await world.fail('sms', { mode: 'accept_then_error' });
    await world.dispatch('sms', second);
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect([await statusOf(first), await statusOf(second)]).toEqual(['unknown', 'unknown']);
    expect(world.timesSent(first) + world.timesSent(second)).toBe(sent);
  });

  it.each(['sms', 'email'] as const)(
    'gives up after a day (%s): final, told, never sent again',
    async (channel) => {
      const { item, freelancerId } = await seedReminder(harness, channel);
      await world.fail(channel, { mode: 'server_error' });
      await world.dispatch(channel, item);
      world.later(DAY_MS - MINUTE_MS);
      await reconcile();
      const before = await world.row(item);
      expect([before['status'], before['expiresAt']]).toEqual(['unknown', undefined]);
      world.later(20 * MINUTE_MS);
      await reconcile();
      const after = await world.row(item);
      expect(after).toMatchObject({ status: 'unknown', dueAt: null });
      expect(after['expiresAt']).toBeDefined();
      expect(await world.read(`notifications/message_unknown_${item.id}`)).toMatchObject({
        freelancerId,
        type: 'message_unknown',
      });
      const mail = harness.db.doc(`outbox/message_unknown_${item.id}`);
      expect(await world.row(mail)).toMatchObject({ class: 'freelancer_notice', status: 'pending' });
      await world.dispatch('email', mail);
      expect(world.timesSent(mail)).toBe(1);
      world.later(DAY_MS);
      await reconcile();
      await world.dispatch(channel, item);
      await world.dispatchDue();
      expect(await world.row(item)).toEqual(after);
      expect(world.timesSent(item)).toBe(0);
    },
  );

  it('gives up after a day although the list can not be asked', async () => {
    const { item } = await seedReminder(harness, 'sms');
    await world.fail('sms', { mode: 'server_error' });
    await world.dispatch('sms', item);
    await control(harness.sandbox, 'POST', 'faults', { provider: 'twilio', mode: 'unavailable' });
    world.later(DAY_MS - 60 * MINUTE_MS);
    await expect(reconcile()).rejects.toThrow();
    expect((await world.row(item))['expiresAt']).toBeUndefined();
    world.later(2 * 60 * MINUTE_MS);
    await expect(reconcile()).rejects.toThrow();
    expect((await world.row(item))['expiresAt']).toBeDefined();
  });

  it('tells nobody of a message about himself that got lost', async () => {
    const notice = await seedReminder(harness, 'email', {
      fields: { class: 'freelancer_notice', template: 'email_bounced' },
    });
    const params = { clientName: 'A Debtor', reference: 'INV-1' };
    await notice.item.collection('private').doc('content').update({ params });
    await world.fail('email', { mode: 'server_error' });
    await world.dispatch('email', notice.item);
    world.later(DAY_MS + MINUTE_MS);
    await reconcile();
    expect((await world.row(notice.item))['expiresAt']).toBeDefined();
    expect(await world.read(`outbox/message_unknown_${notice.item.id}`)).toEqual({});
  });

  it('finds the STOP that no webhook delivered, on whatever page of the list it is', async () => {
    const { item, phone } = await seedReminder(harness, 'sms');
    const stop = await receiveSms(harness.sandbox, { from: phone, body: 'STOP', lose: true });
    const other = newPhone();
    for (let n = 0; n < 230; n += 1) {
      await receiveSms(harness.sandbox, { from: other, body: `Reply ${n}`, lose: true });
    }
    world.later(MINUTE_MS);
    await reconcile();
    expect(await world.read(`sms_opt_outs/${phone}`)).toMatchObject({
      status: 'opted_out',
      messageSid: stop.sid,
    });
    expect(await world.row(item)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
    const replies = await harness.db.collection('sms_replies').where('fromNumber', '==', other).count().get();
    expect(replies.data().count).toBe(230);
  });

  it('opts nobody in, and nobody out who opted in since', async () => {
    const [lost, back] = [newPhone(), newPhone()];
    await harness.db.doc(`sms_opt_outs/${lost}`).set({
      phoneNumber: lost,
      status: 'opted_out',
      optedOutAt: new Date('2026-11-20T10:00:00Z'),
    });
    await receiveSms(harness.sandbox, { from: lost, body: 'START', lose: true });
    await receiveSms(harness.sandbox, { from: back, body: 'STOP', lose: true });
    world.later(10 * MINUTE_MS);
    await harness.db
      .doc(`sms_opt_outs/${back}`)
      .set({ phoneNumber: back, status: 'opted_in', optedInAt: harness.now() });
    world.later(10 * MINUTE_MS);
    await reconcile();
    expect(await world.read(`sms_opt_outs/${lost}`)).toMatchObject({ status: 'opted_out' });
    expect(await world.read(`sms_opt_outs/${back}`)).toMatchObject({ status: 'opted_in' });
  });

  it('goes on where the last run that got through began, however long ago', async () => {
    await reconcile();
    const phone = newPhone();
    await receiveSms(harness.sandbox, { from: phone, body: 'STOP', lose: true });
    // Twilio can not be asked for days.
    await control(harness.sandbox, 'POST', 'faults', { provider: 'twilio', mode: 'unavailable' });
    for (let day = 0; day < 10; day += 1) {
      world.later(DAY_MS);
      await expect(reconcile()).rejects.toThrow();
    }
    await control(harness.sandbox, 'DELETE', 'faults');
    await reconcile();
    expect(await world.read(`sms_opt_outs/${phone}`)).toMatchObject({ status: 'opted_out' });
  });
});

import { type DocumentReference } from 'firebase-admin/firestore';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { control } from '../../../support/sandboxControl';
import { reportSmsStatus } from '../../../support/sandboxTwilio';
import { seedReminder, type SeededReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { newMessageSid, postAsTwilio, statusFields } from '../../../support/twilioPost';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('a message whose first attempt ran out', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  let statusOrigin: string;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
    statusOrigin = (await harness.serve('twilioSmsStatus')).origin;
    harness.sandbox.webhookTargets.twilioStatus = statusOrigin;
  });
  beforeEach(async () => {
    harness.travel(TUESDAY);
    await control(harness.sandbox, 'POST', 'reset');
  });
  afterAll(() => harness.stop());

  const reconcile = (): Promise<void> => harness.run(world.reconcileMessages);

  /** Twilio tells that the carriers had no time for it. */
  async function runOut(item: DocumentReference): Promise<void> {
    const sid = (await world.row(item))['providerMessageId'] as string;
    await reportSmsStatus(harness.sandbox, sid, { status: 'undelivered', errorCode: 30036 });
  }

  /** The second attempt is made, and gets no answer. */
  async function loseSecond({ item }: SeededReminder): Promise<void> {
    await world.fail('sms', { mode: 'server_error' });
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'unknown', attempts: 2 });
  }

  /** Posts a status that names the item, signed as by Twilio. */
  async function report(
    { item, phone }: SeededReminder,
    status: string,
    more: { readonly sid: string; readonly errorCode?: string },
  ): Promise<void> {
    const fields = statusFields(phone, status, more);
    await postAsTwilio(statusOrigin, { path: 'sms-status', fields, query: `?o=${item.id}` });
  }

  it('is open again: a lost second attempt is looked for, and given up only after a day', async () => {
    const seeded = await seedReminder(harness, 'sms');
    const { item } = seeded;
    await world.dispatch('sms', item);
    await runOut(item);
    expect(await world.row(item)).not.toHaveProperty('expiresAt');
    await loseSecond(seeded);
    expect(await world.row(item)).not.toHaveProperty('expiresAt');
    world.later(DAY_MS - 30 * MINUTE_MS);
    await reconcile();
    expect(await world.row(item)).not.toHaveProperty('expiresAt');
    world.later(60 * MINUTE_MS);
    await reconcile();
    const after = await world.row(item);
    expect(after).toMatchObject({ status: 'unknown', dueAt: null });
    expect(after).toHaveProperty('expiresAt');
    expect(await world.read(`notifications/message_unknown_${item.id}`)).toMatchObject({
      type: 'message_unknown',
    });
  });

  it('has the late answer of its second attempt count, after its lease ran out', async () => {
    const { item } = await seedReminder(harness, 'sms');
    await world.dispatch('sms', item);
    await runOut(item);
    const hold = harness.sandbox.hold('twilio');
    const sending = world.dispatch('sms', item);
    await hold.arrived;
    await item.update({ leaseUntil: new Date(Date.now() - 1_000) });
    harness.travel(new Date());
    await reconcile();
    expect(await world.row(item)).toMatchObject({ status: 'unknown', reason: 'sender_gone' });
    hold.release();
    await sending;
    expect(await world.row(item)).toMatchObject({ status: 'sent', reason: null, attempts: 2 });
  });

  it('can be given up twice, and its freelancer is told once', async () => {
    const seeded = await seedReminder(harness, 'sms');
    const { item } = seeded;
    await world.fail('sms', { mode: 'server_error' });
    await world.dispatch('sms', item);
    world.later(DAY_MS + MINUTE_MS);
    await reconcile();
    const told = await world.read(`notifications/message_unknown_${item.id}`);
    expect(told).toMatchObject({ type: 'message_unknown' });
    // Found after all, and run out.
    const sid = newMessageSid();
    await report(seeded, 'sent', { sid });
    await report(seeded, 'undelivered', { sid, errorCode: '30036' });
    await loseSecond(seeded);
    world.later(DAY_MS + MINUTE_MS);
    await reconcile();
    const row = await world.row(item);
    expect([row['status'], row['dueAt'], row['expiresAt'] !== undefined]).toEqual(['unknown', null, true]);
    expect(await world.read(`notifications/message_unknown_${item.id}`)).toEqual(told);
  });

  it.each([
    ['it was given up', { status: 'unknown', expiresAt: new Date('2027-03-01T00:00:00Z') }],
    ['an operator had it sent anew', { status: 'sent', resends: 1 }],
  ])('is not tried again when %s meanwhile', async (_what, fields) => {
    const seeded = await seedReminder(harness, 'sms', { fields: { attempts: 1, ...fields } });
    await report(seeded, 'undelivered', { sid: newMessageSid(), errorCode: '30036' });
    expect(await world.row(seeded.item)).toMatchObject({ status: 'failed', reason: 'expired', dueAt: null });
    await world.dispatch('sms', seeded.item);
    await world.dispatchDue();
    expect(world.timesSent(seeded.item)).toBe(0);
  });
});

import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { receiveSms, reportSmsStatus } from '../../../support/sandboxTwilio';
import { seedChase } from '../../../support/seedChase';
import { chaseOf, seedReminder, seedReminderOf, type SeededReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { postAsTwilio, statusFields } from '../../../support/twilioPost';

const MINUTE_MS = 60_000;

describe('a message that somebody else has a word on while it is sent, or after', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  let twilioSmsStatus: ServedFunction;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
    const [status, reply] = await Promise.all([
      harness.serve('twilioSmsStatus'),
      harness.serve('twilioSmsReply'),
    ]);
    twilioSmsStatus = status;
    harness.sandbox.webhookTargets.twilioStatus = status.origin;
    harness.sandbox.webhookTargets.twilioReply = reply.origin;
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  it('30036, not delivered in time: back to the gate, and sent once more', async () => {
    const { item } = await seedReminder(harness, 'sms');
    await world.dispatch('sms', item);
    const first = (await world.row(item))['providerMessageId'] as string;
    const expired = { status: 'undelivered', errorCode: 30036, deliveries: 3 };
    await reportSmsStatus(harness.sandbox, first, expired);
    expect(await world.row(item)).toMatchObject({
      status: 'pending',
      reason: 'expired',
      providerMessageId: null,
      earlierMessageIds: [first],
    });
    await world.dispatchDue();
    const row = await world.row(item);
    expect(row).toMatchObject({ status: 'sent', attempts: 2 });
    expect(row['providerMessageId']).not.toBe(first);
    // What comes late about the first attempt says nothing of the second.
    await reportSmsStatus(harness.sandbox, first, { status: 'delivered' });
    await reportSmsStatus(harness.sandbox, first, { status: 'sent' });
    expect(await world.row(item)).toEqual(row);
    await world.dispatch('sms', item);
    expect(world.timesSent(item)).toBe(2);
  });

  it('30036 after closing: sent on the next working day, unless somebody said no meanwhile', async () => {
    harness.travel('2026-11-24T17:55:00Z');
    const [kept, paused] = [await seedReminder(harness, 'sms'), await seedReminder(harness, 'sms')];
    for (const { item } of [kept, paused]) await world.dispatch('sms', item);
    harness.travel('2026-11-24T18:01:00Z');
    for (const { item } of [kept, paused]) {
      const sid = (await world.row(item))['providerMessageId'] as string;
      await reportSmsStatus(harness.sandbox, sid, { status: 'undelivered', errorCode: 30036 });
      await world.dispatch('sms', item);
      expect(await world.row(item)).toMatchObject({ status: 'pending' });
    }
    await harness.db.doc(`escalation_states/${paused.invoiceId}`).update({ isPaused: true });
    harness.travel('2026-11-25T09:00:00Z');
    await world.dispatchDue();
    expect(await world.row(kept.item)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(await world.row(paused.item)).toMatchObject({ status: 'cancelled', reason: 'paused' });
    expect([world.timesSent(kept.item), world.timesSent(paused.item)]).toEqual([2, 1]);
  });

  it("a callback that comes before the provider's answer finds its item", async () => {
    const { item, phone } = await seedReminder(harness, 'sms');
    const hold = harness.sandbox.hold('twilio');
    const sending = world.dispatch('sms', item);
    await hold.arrived;
    const fields = statusFields(phone, 'delivered');
    await postAsTwilio(twilioSmsStatus.origin, { path: 'sms-status', fields, query: `?o=${item.id}` });
    const between = await world.row(item);
    expect(between).toMatchObject({ status: 'delivered', providerMessageId: fields['MessageSid'] });
    hold.release();
    expect(await sending).toBeLessThan(300);
    expect(await world.row(item)).toEqual(between);
  });

  it('an answer that comes after the lease ran out is the answer all the same', async () => {
    const { item } = await seedReminder(harness, 'sms');
    const hold = harness.sandbox.hold('twilio');
    const sending = world.dispatch('sms', item);
    await hold.arrived;
    await item.update({ leaseUntil: new Date(Date.now() - 1_000) });
    harness.travel(new Date());
    await harness.run(world.reconcileMessages);
    expect(await world.row(item)).toMatchObject({ status: 'unknown', reason: 'sender_gone' });
    hold.release();
    await sending;
    expect(await world.row(item)).toMatchObject({ status: 'sent', reason: null });
    expect(world.timesSent(item)).toBe(1);
  });

  describe('a STOP while the message is on its way', () => {
    /** Has a message held at the provider while `work` goes on. */
    async function onItsWay(work: (seeded: SeededReminder) => Promise<unknown>): Promise<SeededReminder> {
      const seeded = await seedReminder(harness, 'sms');
      const hold = harness.sandbox.hold('twilio');
      const sending = world.dispatch('sms', seeded.item);
      await hold.arrived;
      await work(seeded);
      hold.release();
      await sending;
      return seeded;
    }

    it('can not hold it back, is noted on it, and stops the next one', async () => {
      const { item, phone } = await onItsWay(({ phone }) =>
        receiveSms(harness.sandbox, { from: phone, body: 'Stop please stop', optOutType: 'STOP' }),
      );
      // The carrier had heard of it when the message came.
      expect(await world.row(item)).toMatchObject({ status: 'suppressed', inFlightAtOptOut: true });
      const chase = await seedChase(harness.db, { invoice: { clientPhone: phone } });
      const next = await seedReminderOf(harness, { ...chase, phone }, 'sms');
      world.later(24 * 60 * MINUTE_MS);
      await world.dispatch('sms', next);
      expect(await world.row(next)).toMatchObject({ status: 'suppressed', reason: 'opted_out' });
    });

    it('is noted also when Twilio took the message, and it is not repeated after it expired', async () => {
      const { item } = await onItsWay(({ phone }) =>
        receiveSms(harness.sandbox, { from: phone, body: 'please stop texting me' }),
      );
      const row = await world.row(item);
      expect(row).toMatchObject({ status: 'sent', inFlightAtOptOut: true });
      const sid = row['providerMessageId'] as string;
      await reportSmsStatus(harness.sandbox, sid, { status: 'undelivered', errorCode: 30036 });
      await world.dispatch('sms', item);
      expect(await world.row(item)).toMatchObject({ status: 'suppressed', reason: 'opted_out' });
      expect(world.timesSent(item)).toBe(1);
    });

    it('is noted also when a callback had settled the message first', async () => {
      const { item } = await onItsWay(async ({ item, phone }) => {
        const fields = statusFields(phone, 'sent');
        await postAsTwilio(twilioSmsStatus.origin, { path: 'sms-status', fields, query: `?o=${item.id}` });
        await receiveSms(harness.sandbox, { from: phone, body: 'please stop texting me' });
      });
      expect(await world.row(item)).toMatchObject({ status: 'sent', inFlightAtOptOut: true });
    });
  });

  it('of ten to one number, from two freelancers, one is sent and the rest wait', async () => {
    const first = await seedChase(harness.db);
    const second = await seedChase(harness.db);
    const { phone } = first;
    const items = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const owner = n % 2 === 0 ? first : second;
        const common = chaseOf(owner.freelancerId);
        const invoice = { ...common.invoice, clientPhone: phone };
        const chase = await seedChase(harness.db, { ...common, invoice });
        return seedReminderOf(harness, { ...chase, freelancerId: owner.freelancerId, phone }, 'sms');
      }),
    );
    const statuses = await Promise.all(items.map((item) => world.dispatch('sms', item)));
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
    const countSent = (): number => items.filter((item) => world.timesSent(item) > 0).length;
    expect(countSent()).toBe(1);
    const rows = await Promise.all(items.map((item) => world.row(item)));
    const waiting = rows.filter(({ status }) => status === 'pending');
    expect(waiting).toHaveLength(9);
    for (const row of waiting) {
      expect(row['reason']).toBe('scheduled for the next permitted time');
      expect((row['notBefore'] as { toMillis(): number }).toMillis()).toBe(
        Date.parse('2026-11-25T09:00:00Z'),
      );
    }
    // One more on each of the next two days; then the three of seven days are used.
    for (const [day, sent] of [
      ['25', 2],
      ['26', 3],
      ['27', 3],
      ['30', 3],
    ] as const) {
      harness.travel(`2026-11-${day}T10:00:00Z`);
      await world.dispatchDue();
      expect([day, countSent()]).toEqual([day, sent]);
    }
    // A week after they came, the fourth one goes; what could only go later is given up.
    harness.travel('2026-12-01T10:00:00Z');
    await world.dispatchDue();
    const last = await Promise.all(items.map((item) => world.row(item)));
    const count = (status: string): number => last.filter((row) => row['status'] === status).length;
    expect([count('sent'), count('cancelled'), count('pending')]).toEqual([4, 6, 0]);
    expect(last.filter(({ reason }) => reason === 'stale')).toHaveLength(6);
  });
});

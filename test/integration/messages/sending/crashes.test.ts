import { type DocumentReference } from 'firebase-admin/firestore';
import { callFunction } from '../../../support/callFunction';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { seedChase } from '../../../support/seedChase';
import { seedReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { unsignedToken } from '../../../support/unsignedToken';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('a sender that is killed half-way', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  /** Has a worker take up the message that dies at this point. */
  async function dieAt(point: string, channel: 'sms' | 'email', item: DocumentReference): Promise<void> {
    const target = channel === 'sms' ? 'sendSms' : 'sendEmail';
    const doomed = await harness.serve(target, { RECOUP_CRASH_AT: point });
    await expect(harness.dispatch(doomed, item.id)).rejects.toThrow();
    expect((await doomed.exited).signal).toBe('SIGKILL');
  }

  /** What comes by in the day after: the task again, both jobs, and the claim's lease that runs out. */
  async function aDayGoesBy(channel: 'sms' | 'email', item: DocumentReference): Promise<string[]> {
    const seen: string[] = [];
    for (const wait of [10_000, 2 * MINUTE_MS, 20 * MINUTE_MS, 6 * 60 * MINUTE_MS, DAY_MS]) {
      world.later(wait);
      expect(await world.dispatch(channel, item)).toBeLessThan(300);
      await world.dispatchDue();
      const { status } = await world.row(item);
      if (status === 'sending' && wait > MINUTE_MS) await item.update({ leaseUntil: new Date(0) });
      await harness.run(world.reconcileMessages);
      seen.push(String((await world.row(item))['status']));
    }
    return [...new Set(seen)];
  }

  it.each<[string, 'sms' | 'email', string[], number]>([
    ['send.before-claim', 'sms', ['sent'], 1],
    ['send.before-claim', 'email', ['sent'], 1],
    // Nobody knows: it is not sent. A day later that is final, and the freelancer is told.
    ['send.after-claim', 'sms', ['sending', 'unknown'], 0],
    ['send.after-claim', 'email', ['sending', 'unknown'], 0],
    // It was sent; Twilio's list says so.
    ['send.after-provider', 'sms', ['sending', 'unknown', 'sent'], 1],
    ['send.before-settle', 'sms', ['sending', 'unknown', 'sent'], 1],
    // SendGrid has no list, and its events were lost.
    ['send.before-settle', 'email', ['sending', 'unknown'], 1],
    ['send.after-settle', 'sms', ['sent'], 1],
    ['send.after-settle', 'email', ['sent'], 1],
  ])('%s (%s): ends up as %j, and was sent %i times', async (point, channel, states, times) => {
    const { item, freelancerId } = await seedReminder(harness, channel);
    await dieAt(point, channel, item);
    expect(await aDayGoesBy(channel, item)).toEqual(states);
    expect(world.timesSent(item)).toBe(times);
    const isUnknown = states.at(-1) === 'unknown';
    const row = await world.row(item);
    expect([row['dueAt'], row['expiresAt'] !== undefined]).toEqual([null, true]);
    const notice = await world.read(`notifications/message_unknown_${item.id}`);
    expect(notice['freelancerId']).toBe(isUnknown ? freelancerId : undefined);
    // Its place in the quota is kept.
    expect(await world.read(`usage/${freelancerId}_2026-11`)).toMatchObject({
      counters: { chasedInvoices: 1 },
    });
  });

  it('a task that was lost is replaced, by one at a time', async () => {
    const { item } = await seedReminder(harness, 'sms');
    await harness.run(world.dispatchOutbox);
    expect(harness.tasks.take().map(({ outboxId }) => outboxId)).toEqual([item.id]);
    // Lost. Meanwhile nothing is queued again.
    for (let minute = 0; minute < 14; minute += 7) {
      world.later(7 * MINUTE_MS);
      await harness.run(world.dispatchOutbox);
      expect(harness.tasks.take()).toEqual([]);
    }
    world.later(MINUTE_MS);
    expect(await world.dispatchDue()).toBe(1);
    expect(await world.row(item)).toMatchObject({ status: 'sent' });
  });

  it('a queue that can not be reached loses nothing', async () => {
    const { item } = await seedReminder(harness, 'sms');
    const cutOff = await harness.serve('dispatchOutbox', { CLOUD_TASKS_EMULATOR_HOST: '127.0.0.1:9' });
    await expect(harness.run(cutOff)).rejects.toThrow();
    await cutOff.stop();
    expect(await world.dispatchDue()).toBe(1);
    expect(world.timesSent(item)).toBe(1);
  });

  it.each(['send-sms.before-commit', 'send-sms.after-commit'])(
    'a request that is cut off (%s) and made again is one message',
    async (point) => {
      const { freelancerId, invoiceId } = await seedChase(harness.db);
      const doomed = await harness.serve('sendCollectionsSms', { RECOUP_CRASH_AT: point });
      const data = { invoiceId, requestId: 'once' };
      const token = unsignedToken(harness.projectId, freelancerId);
      await expect(callFunction(doomed.origin, data, token)).rejects.toThrow();
      const healthy = await harness.serve('sendCollectionsSms');
      const again = await harness.call(healthy, freelancerId, data);
      await healthy.stop();
      expect(again).toMatchObject({ error: null, result: { status: 'queued' } });
      const item = harness.db.doc(`outbox/sms_${freelancerId}_once`);
      await Promise.all([world.dispatch('sms', item), world.dispatch('sms', item)]);
      expect(await world.row(item)).toMatchObject({ status: 'sent' });
      expect(world.timesSent(item)).toBe(1);
      expect(await world.read(`usage/${freelancerId}_2026-11`)).toMatchObject({
        counters: { chasedInvoices: 1 },
      });
    },
  );
});

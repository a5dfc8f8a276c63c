import { closedPort } from '../../../support/closedPort';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { control } from '../../../support/sandboxControl';
import { type ChaseFields, seedChase } from '../../../support/seedChase';
import { hashOf, seedWaiting } from '../../../support/seedMessage';
import { seedReminder, seedReminderOf } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';

const MINUTE_MS = 60_000;

describe("what a provider's answer makes of a message", () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
  });
  beforeEach(async () => {
    harness.travel(TUESDAY);
    await control(harness.sandbox, 'DELETE', 'faults');
  });
  afterAll(() => harness.stop());

  it.each(['sms', 'email'] as const)(
    '429 (%s): tried again after growing pauses, until it fails',
    async (channel) => {
      const { item } = await seedReminder(harness, channel);
      await world.fail(channel, { mode: 'rate_limit', count: 3 });
      await world.dispatch(channel, item);
      for (let attempts = 1; attempts <= 3; attempts += 1) {
        const row = await world.row(item);
        expect(row).toMatchObject({ status: 'pending', attempts, attemptId: null, leaseUntil: null });
        const pause = (row['notBefore'] as { toMillis(): number }).toMillis() - harness.now().getTime();
        const usual = 2 ** (attempts - 1) * MINUTE_MS;
        expect(pause).toBeGreaterThanOrEqual(usual * 0.8);
        expect(pause).toBeLessThanOrEqual(usual * 1.2);
        // Not before its time, whoever asks.
        await world.dispatch(channel, item);
        expect(await world.dispatchDue()).toBe(0);
        // And at its time, though a task of the same quarter of an hour was done already.
        world.later(pause);
        expect(await world.dispatchDue()).toBe(1);
      }
      expect(await world.row(item)).toMatchObject({ status: 'sent', attempts: 4, reason: null });
      expect(world.timesSent(item)).toBe(1);
    },
  );

  it('429 eight times: failed, and its place in the quota is given back', async () => {
    const { item, freelancerId } = await seedReminder(harness, 'sms', {
      fields: { attempts: 7, reason: '20429' },
    });
    await world.fail('sms', { mode: 'rate_limit' });
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'failed', reason: '20429', attempts: 8 });
    expect(await world.read(`usage/${freelancerId}_2026-11`)).toMatchObject({
      counters: { chasedInvoices: 0 },
    });
    expect(await world.read(`collection_attempts/${item.id}`)).toMatchObject({ result: 'failed' });
  });

  it.each(['sms', 'email'] as const)('nobody listens (%s): tried again', async (channel) => {
    const { item } = await seedReminder(harness, channel);
    const away = { PROVIDER_SANDBOX_ORIGIN: `http://${await closedPort()}` };
    const cutOff = await harness.serve(channel === 'sms' ? 'sendSms' : 'sendEmail', away);
    await harness.dispatch(cutOff, item.id);
    expect(await world.row(item)).toMatchObject({ status: 'pending', reason: 'econnrefused', attempts: 1 });
    await cutOff.stop();
    world.later(2 * MINUTE_MS);
    await world.dispatch(channel, item);
    expect(await world.row(item)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it.each<['sms' | 'email', object, number]>([
    ['sms', { mode: 'server_error' }, 0],
    ['sms', { mode: 'unavailable' }, 0],
    ['sms', { mode: 'reset' }, 0],
    ['sms', { mode: 'accept_then_error' }, 1],
    ['sms', { mode: 'timeout_after_accept', delayMs: 50 }, 1],
    ['sms', { mode: 'timeout', delayMs: 50 }, 0],
    ['sms', { mode: 'provider_error', status: 408 }, 0],
    ['email', { mode: 'server_error' }, 0],
    ['email', { mode: 'reset' }, 0],
    ['email', { mode: 'accept_then_error' }, 1],
    ['email', { mode: 'timeout_after_accept', delayMs: 50 }, 1],
  ])('%s, %j: unknown, and never sent again', async (channel, fault, accepted) => {
    const { item } = await seedReminder(harness, channel);
    await world.fail(channel, fault);
    await world.dispatch(channel, item);
    expect(await world.row(item)).toMatchObject({ status: 'unknown', attempts: 1, leaseUntil: null });
    expect(world.timesSent(item)).toBe(accepted);
    for (const wait of [MINUTE_MS, 30 * MINUTE_MS, 6 * 60 * MINUTE_MS]) {
      world.later(wait);
      await world.dispatch(channel, item);
      await world.dispatchDue();
    }
    expect(world.timesSent(item)).toBe(accepted);
    expect(await world.row(item)).toMatchObject({ status: 'unknown', attempts: 1 });
  });

  it('a provider that is slower than a send may be: unknown, after ten seconds at the most', async () => {
    const { item } = await seedReminder(harness, 'sms');
    await world.fail('sms', { mode: 'timeout_after_accept' });
    const began = performance.now();
    await world.dispatch('sms', item);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await world.row(item)).toMatchObject({ status: 'unknown' });
  });

  it.each<['sms' | 'email', object, string]>([
    ['sms', { code: '30007' }, '30007'],
    ['sms', { code: '20003', status: 401 }, '20003'],
    ['email', { status: 400 }, 'http_400'],
    ['email', { status: 413 }, 'http_413'],
  ])('%s, %j: failed for good', async (channel, fault, reason) => {
    const { item } = await seedReminder(harness, channel);
    await world.fail(channel, { mode: 'provider_error', ...fault });
    await world.dispatch(channel, item);
    await world.dispatch(channel, item);
    expect(await world.row(item)).toMatchObject({ status: 'failed', reason, attempts: 1, dueAt: null });
    expect(world.timesSent(item)).toBe(0);
  });

  it('21610: the carrier knows of a STOP that we did not hear of', async () => {
    const { item, phone } = await seedReminder(harness, 'sms');
    await control(harness.sandbox, 'PUT', `twilio/numbers/${encodeURIComponent(phone)}`, { optedOut: true });
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'suppressed', reason: 'opted_out' });
    expect(await world.read(`sms_opt_outs/${phone}`)).toMatchObject({
      status: 'opted_out',
      optOutMethod: 'carrier',
    });
    expect(await world.read(`sms_opt_out_audit/carrier_${item.id}`)).toMatchObject({
      action: 'opt_out',
      method: 'carrier',
      applied: true,
    });
  });

  it.each([
    ['landline', '21614'],
    ['invalid', '21211'],
  ])('a number that is %s (%s): failed, and not written to again by anybody', async (kind, code) => {
    const { item, phone } = await seedReminder(harness, 'sms');
    await control(harness.sandbox, 'PUT', `twilio/numbers/${encodeURIComponent(phone)}`, { kind });
    await world.dispatch('sms', item);
    expect(await world.row(item)).toMatchObject({ status: 'failed', reason: code });
    expect(await world.read(`recipients/sms_${hashOf('sms', phone)}`)).toMatchObject({
      unreachable: { code },
    });
    const same: ChaseFields = { invoice: { clientPhone: phone } };
    const other = await seedChase(harness.db, same);
    const next = await seedReminderOf(harness, { ...other, phone }, 'sms');
    world.later(24 * 60 * MINUTE_MS);
    await world.dispatch('sms', next);
    expect(await world.row(next)).toMatchObject({
      status: 'suppressed',
      reason: 'unusable_address',
      attempts: 0,
    });
  });

  it('a message whose documents do not fit waits for a week, then fails', async () => {
    const { item, clientId } = await seedReminder(harness, 'sms');
    await harness.db.doc(`clients/${clientId}`).update({ contactPermissions: 'yes' });
    expect(await world.dispatch('sms', item)).toBe(500);
    expect(await world.row(item)).toMatchObject({ status: 'pending', attempts: 0 });
    world.later(7 * 24 * 60 * MINUTE_MS + MINUTE_MS);
    expect(await world.dispatch('sms', item)).toBeLessThan(300);
    expect(await world.row(item)).toMatchObject({ status: 'failed', reason: 'corrupt_document' });
  });

  it.each([
    ['has no content', { content: null }, 'content_missing'],
    ['has a template that does not exist', { template: 'threat' }, 'unwritable'],
    ['is a text message of what is only an e-mail', { template: 'receipt' }, 'unwritable'],
  ])(
    'a message that %s fails, once',
    async (_what, { content, ...fields }: Record<string, unknown>, reason) => {
      const { phone, invoiceId, freelancerId } = await seedChase(harness.db);
      const item = await seedWaiting(harness.db, 'sms', phone, { invoiceId, freelancerId, ...fields });
      if (content === null) await item.collection('private').doc('content').delete();
      await world.dispatch('sms', item);
      expect(await world.row(item)).toMatchObject({ status: 'failed', reason, attempts: 0 });
    },
  );
});

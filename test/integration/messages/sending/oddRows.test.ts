import { type DocumentData, FieldValue } from 'firebase-admin/firestore';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { seedReminder, seedReminderOf } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the outbox holds when somebody's hands, an older version or an erasure have been at it. */
describe('a message that is not as it should be', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  /** An item of which nobody knows whether it was sent, due to be looked up. */
  const lost = (more: DocumentData = {}): DocumentData => ({
    status: 'unknown',
    attempts: 1,
    unknownSince: harness.now(),
    dueAt: harness.now(),
    ...more,
  });

  it('that is not there, or is not named, is nobody’s task', async () => {
    expect(await harness.dispatch(world.sendSms, 'no-such-message')).toBeLessThan(300);
    expect(await harness.dispatchData(world.sendSms, {})).toBeLessThan(300);
    expect(harness.sent()).toEqual([]);
  });

  it('fails when there are no such words, early or late, and is not tried again', async () => {
    const gone = { template: 'no_such_template' };
    const [early, late] = await Promise.all([
      seedReminder(harness, 'email', { fields: gone }),
      seedReminder(harness, 'email', { fields: { ...gone, wordedLate: true } }),
    ]);
    for (const { item } of [early, late]) {
      expect(await world.dispatch('email', item)).toBeLessThan(300);
      expect(await world.row(item)).toMatchObject({ status: 'failed', reason: 'unwritable', dueAt: null });
      expect(world.timesSent(item)).toBe(0);
    }
  });

  it('is set aside by the dispatcher when it does not fit, and does not hold up the others', async () => {
    const broken = await seedReminder(harness, 'sms', { fields: { attempts: 'many' } });
    const { item } = await seedReminder(harness, 'sms');
    await world.dispatchDue();
    expect(await world.row(broken.item)).toMatchObject({
      status: 'failed',
      reason: 'corrupt_document',
      dueAt: null,
    });
    expect(world.timesSent(item)).toBe(1);
  });

  it('is left to its sender as long as Firestore’s clock says so, however late this instance has it', async () => {
    const leaseUntil = new Date(Date.now() + DAY_MS);
    harness.travel(new Date(leaseUntil.getTime() + MINUTE_MS));
    const { item } = await seedReminder(harness, 'sms', {
      fields: { status: 'sending', attempts: 1, attemptId: 'another', claimedAt: harness.now(), leaseUntil },
    });
    await harness.run(world.reconcileMessages);
    expect((await world.row(item))['status']).toBe('sending');
  });

  it('is looked up by when it was made when nobody wrote down when it was claimed', async () => {
    const never = { claimedAt: FieldValue.delete(), unknownSince: FieldValue.delete() };
    const { item } = await seedReminder(harness, 'sms');
    await item.update(lost(never));
    await harness.run(world.reconcileMessages);
    const row = await world.row(item);
    expect(row['status']).toBe('unknown');
    expect(row['dueAt']).not.toEqual(row['createdAt']);
  });

  it('is found although another with the same words waits that was never claimed', async () => {
    const chase = await seedReminder(harness, 'sms');
    await world.fail('sms', { mode: 'accept_then_error' });
    await world.dispatch('sms', chase.item);
    const { contentHash } = await world.row(chase.item);
    await seedReminderOf(harness, chase, 'sms', lost({ contentHash, dueAt: null }));
    world.later(5 * MINUTE_MS);
    await harness.run(world.reconcileMessages);
    expect(await world.row(chase.item)).toMatchObject({ status: 'sent' });
  });

  it('whose address is erased, or can not be read, waits its day out and asks nobody', async () => {
    const erased = { clientPhone: null };
    const [none, unreadable] = await Promise.all([
      seedReminder(harness, 'sms', { invoice: erased }),
      seedReminder(harness, 'sms', { invoice: { clientPhone: `s1.1.${'A'.repeat(16)}.${'A'.repeat(22)}` } }),
    ]);
    for (const { item } of [none, unreadable]) {
      await item.collection('private').doc('content').update({ to: FieldValue.delete() });
      await item.update(lost());
    }
    await harness.run(world.reconcileMessages);
    for (const { item } of [none, unreadable]) expect((await world.row(item))['status']).toBe('unknown');
  });

  it('that was given up is not looked up again', async () => {
    const fields = { ...lost(), expiresAt: new Date('2027-03-01T00:00:00Z') };
    const { item } = await seedReminder(harness, 'email', { fields });
    const before = await world.row(item);
    await harness.run(world.reconcileMessages);
    expect(await world.row(item)).toEqual(before);
  });

  it('is given up also where there is nobody to tell, or no way to', async () => {
    const old = new Date(harness.now().getTime() - 2 * DAY_MS);
    const fields = { ...lost({ unknownSince: old }), reason: FieldValue.delete() };
    const [orphan, silent, nameless] = await Promise.all([
      seedReminder(harness, 'email'),
      seedReminder(harness, 'email', { user: { email: null } }),
      seedReminder(harness, 'email', { invoice: { clientName: null } }),
    ]);
    await harness.db.doc(`invoices/${orphan.invoiceId}`).delete();
    for (const { item } of [orphan, silent, nameless]) await item.update(fields);
    await harness.run(world.reconcileMessages);
    const told = (item: { readonly id: string }) =>
      harness.db.getAll(
        harness.db.doc(`notifications/message_unknown_${item.id}`),
        harness.db.doc(`outbox/message_unknown_${item.id}`),
      );
    const toldOf = async (item: { readonly id: string }): Promise<boolean[]> =>
      (await told(item)).map(({ exists }) => exists);
    expect(await toldOf(orphan.item)).toEqual([false, false]);
    expect(await toldOf(silent.item)).toEqual([true, false]);
    expect(await toldOf(nameless.item)).toEqual([true, true]);
    for (const { item } of [orphan, silent, nameless])
      expect(await world.row(item)).toMatchObject({ status: 'unknown', reason: null, dueAt: null });
  });
});

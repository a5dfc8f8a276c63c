import { type DocumentReference } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { drainTasks } from '../../../support/drainTasks';
import { inFlight } from '../../../support/inFlight';
import { type MessageHarness, startMessageHarness, TUESDAY } from '../../../support/messageHarness';
import { control } from '../../../support/sandboxControl';
import { seedChase, type SeededChase } from '../../../support/seedChase';
import { chaseOf, seedReminderOf } from '../../../support/seedReminder';
import { newId } from '../../../support/stripeEvents';

/** Invoices that the plan `growth` covers in a month. */
const LIMIT = 50;

describe('the quota of a month', () => {
  let harness: MessageHarness;
  let sendSms: ServedFunction;
  let sendEmail: ServedFunction;
  let sendCollectionsSms: ServedFunction;
  let dispatchOutbox: ServedFunction;
  beforeAll(async () => {
    harness = await startMessageHarness();
    sendSms = harness.webhook;
    [sendEmail, sendCollectionsSms, dispatchOutbox] = await Promise.all([
      harness.serve('sendEmail'),
      harness.serve('sendCollectionsSms'),
      harness.serve('dispatchOutbox'),
    ]);
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  /** One freelancer's chases, with so much of the month used. */
  async function chases(count: number, used: number, month = '2026-11'): Promise<SeededChase[]> {
    const first = await seedChase(harness.db);
    const { freelancerId } = first;
    await usage(freelancerId, month).set({ freelancerId, month, counters: { chasedInvoices: used } });
    const more = Array.from({ length: count - 1 });
    const others = await inFlight(more, 20, () => seedChase(harness.db, chaseOf(freelancerId)));
    return [first, ...others.map((one) => ({ ...one, freelancerId }))];
  }
  const usage = (uid: string, month = '2026-11'): DocumentReference =>
    harness.db.doc(`usage/${uid}_${month}`);
  const used = async (uid: string, month = '2026-11'): Promise<unknown> =>
    (await usage(uid, month).get()).get('counters.chasedInvoices') as unknown;
  const ask = ({ freelancerId, invoiceId }: SeededChase, requestId = newId('req')) =>
    harness.call(sendCollectionsSms, freelancerId, { invoiceId, requestId });
  const fieldsOf = async (item: DocumentReference): Promise<Record<string, unknown>> =>
    (await item.get()).data() ?? {};
  const itemOf = ({ freelancerId }: SeededChase, requestId: string): DocumentReference =>
    harness.db.doc(`outbox/sms_${freelancerId}_${requestId}`);

  it('100 ask at once with 5 left: 5 are let through, 95 are told, none is aborted', async () => {
    const all = await chases(100, LIMIT - 5);
    const answers = await Promise.all(all.map((one) => ask(one)));
    const queued = answers.filter(({ error }) => error === null);
    const refused = answers.filter(({ error }) => error !== null);
    expect(queued.map(({ result }) => result['status'])).toEqual(Array(5).fill('queued'));
    expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['RESOURCE_EXHAUSTED']));
    expect(refused).toHaveLength(95);
    for (const { details } of refused) {
      expect(details).toEqual({ used: LIMIT, limit: LIMIT, resetsAt: '2026-12-01T00:00:00.000Z' });
    }
    const uid = all[0]?.freelancerId ?? '';
    expect(await used(uid)).toBe(LIMIT);
    const items = await harness.db.collection('outbox').where('freelancerId', '==', uid).get();
    expect(items.size).toBe(5);
    expect((await usage(uid).collection('invoices').get()).size).toBe(5);
  });

  it('100 wait with 5 left: 5 are sent, 95 are suppressed', async () => {
    const all = await chases(100, LIMIT - 5);
    const items = await inFlight(all, 20, (one) => seedReminderOf(harness, one, 'sms'));
    await harness.run(dispatchOutbox);
    const other = await harness.serve('sendSms');
    const tasks = harness.tasks.take();
    expect(tasks).toHaveLength(100);
    const statuses = await inFlight(tasks, 20, ({ outboxId }) =>
      harness.dispatch(outboxId < 'msg_8' ? sendSms : other, outboxId),
    );
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
    const rows = await harness.db.getAll(...items);
    const count = (status: string, reason: string | null): number =>
      rows.filter((row) => row.get('status') === status && row.get('reason') === reason).length;
    expect([count('sent', null), count('suppressed', 'quota_used_up')]).toEqual([5, 95]);
    expect(await used(all[0]?.freelancerId ?? '')).toBe(LIMIT);
    const ids = new Set(items.map(({ id }) => id));
    expect(harness.sent().filter(({ outboxId }) => ids.has(outboxId))).toHaveLength(5);
  });

  it('counts an invoice once, for both channels, and for the same request twice', async () => {
    const [chase] = (await chases(1, 0)) as [SeededChase];
    expect(await ask(chase, 'same')).toMatchObject({ error: null, result: { status: 'queued' } });
    expect(await ask(chase, 'same')).toMatchObject({ error: null, result: { status: 'queued' } });
    const mail = await seedReminderOf(harness, chase, 'email');
    await harness.dispatch(sendEmail, mail.id);
    await harness.dispatch(sendSms, itemOf(chase, 'same').id);
    expect(await used(chase.freelancerId)).toBe(1);
    const marker = await usage(chase.freelancerId).collection('invoices').doc(chase.invoiceId).get();
    expect(marker.get('items')).toEqual({ [mail.id]: 'open', [itemOf(chase, 'same').id]: 'open' });
  });

  it('gives an invoice back when all of its messages failed, not before, and counts it again', async () => {
    const [chase] = (await chases(1, LIMIT - 1)) as [SeededChase];
    const { freelancerId, phone } = chase;
    const fail = { provider: 'twilio', mode: 'provider_error', code: '30007', count: 1 };
    const refuse = { provider: 'sendgrid', mode: 'provider_error', status: 413, count: 1 };
    const sms = await seedReminderOf(harness, chase, 'sms');
    const mail = await seedReminderOf(harness, chase, 'email');
    await control(harness.sandbox, 'POST', 'faults', fail);
    await harness.dispatch(sendSms, sms.id);
    expect(await fieldsOf(sms)).toMatchObject({ status: 'failed', reason: '30007' });
    expect(await used(freelancerId)).toBe(LIMIT - 1);
    await control(harness.sandbox, 'POST', 'faults', refuse);
    await harness.dispatch(sendEmail, mail.id);
    expect(await fieldsOf(mail)).toMatchObject({ status: 'failed' });
    expect(await used(freelancerId)).toBe(LIMIT - 1);
    // Another number of the same client, as the first has had its message of the day.
    await harness.db.doc(`recipients/sms_${String((await fieldsOf(sms))['recipientHash'])}`).delete();
    const again = await seedReminderOf(harness, { ...chase, phone }, 'sms');
    await harness.dispatch(sendSms, again.id);
    expect(await fieldsOf(again)).toMatchObject({ status: 'sent' });
    expect(await used(freelancerId)).toBe(LIMIT);
  });

  it('keeps the place of a message of which nobody knows whether it was sent', async () => {
    const [chase] = (await chases(1, 0)) as [SeededChase];
    const item = await seedReminderOf(harness, chase, 'sms');
    await control(harness.sandbox, 'POST', 'faults', { provider: 'twilio', mode: 'server_error', count: 1 });
    await harness.dispatch(sendSms, item.id);
    expect(await fieldsOf(item)).toMatchObject({ status: 'unknown', quotaMonth: '2026-11' });
    expect(await used(chase.freelancerId)).toBe(1);
  });

  it('gives back what the gate refuses later, once', async () => {
    const [chase] = (await chases(1, 0)) as [SeededChase];
    await ask(chase, 'r1');
    expect(await used(chase.freelancerId)).toBe(1);
    await harness.db.doc(`escalation_states/${chase.invoiceId}`).update({ isPaused: true });
    const item = itemOf(chase, 'r1');
    await Promise.all(Array.from({ length: 4 }, () => harness.dispatch(sendSms, item.id)));
    expect(await fieldsOf(item)).toMatchObject({ status: 'cancelled', reason: 'paused' });
    expect(await used(chase.freelancerId)).toBe(0);
  });

  it('counts a message in the month in which it leaves', async () => {
    harness.travel('2026-11-30T17:59:50Z');
    const [chase] = (await chases(1, 0)) as [SeededChase];
    const deferred = await ask(chase, 'late');
    expect(deferred.result).toMatchObject({ status: 'deferred', notBefore: '2026-12-01T09:00:00.000Z' });
    expect(await used(chase.freelancerId)).toBe(0);
    // Let through in November, as the queue was long; claimed in December.
    harness.travel('2026-11-30T17:00:00Z');
    const [second] = (await chases(1, 0)) as [SeededChase];
    await ask(second, 'queued');
    expect(await used(second.freelancerId)).toBe(1);
    harness.travel('2026-12-01T09:00:00Z');
    await harness.run(dispatchOutbox);
    await drainTasks(harness, { sendSms, sendEmail });
    for (const one of [chase, second]) {
      expect([await used(one.freelancerId), await used(one.freelancerId, '2026-12')]).toEqual([0, 1]);
    }
    expect(await fieldsOf(itemOf(second, 'queued'))).toMatchObject({
      status: 'sent',
      quotaMonth: '2026-12',
    });
  });

  it('begins anew with the month of London, not with that of Greenwich', async () => {
    // 31 May, 23:30 Greenwich time, is June in London; nobody is written to at night, so only the count is looked at.
    harness.travel('2026-05-31T23:30:00Z');
    const [chase] = (await chases(1, LIMIT, '2026-05')) as [SeededChase];
    expect((await ask(chase)).result).toMatchObject({ status: 'deferred' });
    harness.travel('2026-05-29T10:00:00Z');
    expect((await ask(chase)).details).toEqual({
      used: LIMIT,
      limit: LIMIT,
      resetsAt: '2026-05-31T23:00:00.000Z',
    });
    harness.travel('2026-06-01T10:00:00Z');
    expect((await ask(chase)).result).toMatchObject({ status: 'queued' });
    expect(await used(chase.freelancerId, '2026-06')).toBe(1);
  });

  it('tells of 80 % in the commit that reaches it, once a month, by e-mail only whom it may', async () => {
    const all = await chases(3, 38);
    const uid = all[0]?.freelancerId ?? '';
    const notices = async (): Promise<unknown[]> => {
      const rows = await harness.db.collection('notifications').where('freelancerId', '==', uid).get();
      return rows.docs.map((row) => [row.id, String(row.get('title'))]);
    };
    const mail = harness.db.doc(`outbox/quota_80_${uid}_2026-11`);
    expect((await ask(all[0] as SeededChase)).error).toBeNull();
    expect(await notices()).toEqual([]);
    const answers = await Promise.all(all.slice(1).map((one) => ask(one)));
    expect(answers.map(({ error }) => error)).toEqual([null, null]);
    expect(await used(uid)).toBe(41);
    expect(await notices()).toEqual([[`quota_80_${uid}_2026-11`, '40 of 50 chased invoices are used']]);
    const notice = await harness.db.doc(`notifications/quota_80_${uid}_2026-11`).get();
    expect(notice.get('message')).toBe(
      'Your Growth plan covers 50 invoices a month. When all are used, reminders about further ones are not sent, nor made up for next month. A larger plan covers more.',
    );
    expect((await mail.get()).exists).toBe(false);
    // Another month, and he has agreed to such e-mails.
    harness.travel('2026-12-01T10:00:00Z');
    await harness.db.doc(`users/${uid}`).update({ marketingConsent: true });
    await usage(uid, '2026-12').set({
      freelancerId: uid,
      month: '2026-12',
      counters: { chasedInvoices: 39 },
    });
    const more = await seedChase(harness.db, chaseOf(uid));
    expect((await ask({ ...more, freelancerId: uid })).error).toBeNull();
    const december = harness.db.doc(`outbox/quota_80_${uid}_2026-12`);
    expect(await fieldsOf(december)).toMatchObject({ class: 'marketing', template: 'quota_80' });
    expect((await december.collection('private').doc('content').get()).get('params')).toEqual({
      used: 40,
      limit: 50,
      plan: 'growth',
    });
  });
});

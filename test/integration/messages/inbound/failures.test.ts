import { gunzipSync } from 'node:zlib';
import { Timestamp } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { scheduledAt, tickWell } from '../../../support/jobTick';
import { seedInvoice } from '../../../support/seed';
import { seedFailedEvent } from '../../../support/seedFailedEvent';
import { hashOf, seedMessage, seedWaiting } from '../../../support/seedMessage';
import { emailEvent, keyOf, postAsSendgrid } from '../../../support/sendgridPost';
import { newId } from '../../../support/stripeEvents';
import {
  inboundFields,
  newMessageSid,
  newPhone,
  postAsTwilio,
  statusFields,
} from '../../../support/twilioPost';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const REPLY_CONTEXT = { webhook: 'sms_reply', outboxId: null };

describe('a callback that fails', () => {
  let harness: Harness;
  let status: ServedFunction;
  let events: ServedFunction;
  let job: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness({}, 'twilioSmsReply');
    [status, events, job] = await Promise.all([
      harness.serve('twilioSmsStatus'),
      harness.serve('sendgridEvents'),
      harness.serve('retryWebhooks'),
    ]);
  });
  afterAll(() => harness.stop());

  const read = (path: string) => harness.db.doc(path).get();
  const reply = (fields: Record<string, string>, origin = harness.webhook.origin) =>
    postAsTwilio(origin, { path: 'sms-reply', fields });
  const sidOf = (fields: Record<string, string>): string => fields['MessageSid'] ?? '';
  const optOutOf = async (phone: string): Promise<unknown> =>
    (await read(`sms_opt_outs/${phone}`)).get('status') ?? null;
  const formOf = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
  const seedReply = (fields: Record<string, string>, more: object = {}) =>
    seedFailedEvent(
      harness.db,
      { source: 'twilio', eventId: sidOf(fields), bytes: formOf(fields) },
      { context: REPLY_CONTEXT, ...more },
    );

  describe('because the process dies', () => {
    async function doomed(name: string, crashPoint: string, deliver: (origin: string) => Promise<unknown>) {
      const served = await harness.serve(name, { RECOUP_CRASH_AT: crashPoint });
      await expect(deliver(served.origin)).rejects.toThrow();
      expect((await served.exited).signal).toBe('SIGKILL');
    }

    it('before the commit: a STOP that is delivered again does everything', async () => {
      const phone = newPhone();
      const fields = inboundFields(phone, 'STOP');
      await doomed('twilioSmsReply', 'twilio.before-commit', (origin) => reply(fields, origin));
      expect(await optOutOf(phone)).toBeNull();
      const answer = await reply(fields);
      expect([answer.status, answer.body.includes('unsubscribed')]).toEqual([200, true]);
      expect(await optOutOf(phone)).toBe('opted_out');
    });

    it('after the commit: the STOP holds, and delivered again it is a duplicate', async () => {
      const phone = newPhone();
      const waiting = await seedWaiting(harness.db, 'sms', phone);
      const fields = inboundFields(phone, 'STOP');
      await doomed('twilioSmsReply', 'twilio.after-commit', (origin) => reply(fields, origin));
      const before = await read(`sms_opt_outs/${phone}`);
      expect(before.get('status')).toBe('opted_out');
      const answer = await reply(fields);
      expect([answer.status, answer.body.includes('<Message>')]).toEqual([200, false]);
      expect((await before.ref.get()).updateTime).toEqual(before.updateTime);
      // What waits was not cancelled, for that comes after the commit: the send gate has to refuse it.
      expect((await waiting.get()).get('status')).toBe('pending');
    });

    it('in the middle of a batch: delivered again, what is left is applied, each event once', async () => {
      const email = `${newId('debtor')}@client.example`;
      const items = await Promise.all(
        Array.from({ length: 4 }, () => seedMessage(harness.db, 'email', email)),
      );
      const batch = items.map((item) => emailEvent('delivered', email, { outboxId: item.id }));
      await doomed('sendgridEvents', 'sendgrid.after-commit#2', (origin) => postAsSendgrid(origin, batch));
      const claims = () =>
        harness.db.getAll(...batch.map((event) => harness.db.doc(`processed_events/${keyOf(event)}`)));
      const before = (await claims()).filter(({ exists }) => exists);
      expect(before.length).toBeGreaterThanOrEqual(2);
      expect((await postAsSendgrid(events.origin, batch)).status).toBe(200);
      const after = await claims();
      expect(after.every(({ exists }) => exists)).toBe(true);
      const same = before.map(({ id, updateTime }) => [id, updateTime?.toMillis()]);
      expect(after.map(({ id, updateTime }) => [id, updateTime?.toMillis()])).toEqual(
        expect.arrayContaining(same),
      );
      const rows = await harness.db.getAll(...items);
      expect(rows.map((row) => String(row.get('status')))).toEqual([
        'delivered',
        'delivered',
        'delivered',
        'delivered',
      ]);
    });
  });

  it('for now is answered with 500, kept with its exact bytes, and applied by the retries', async () => {
    const phone = newPhone();
    const email = `${newId('debtor')}@client.example`;
    const seeded = await seedInvoice(harness.db, {
      clientPhone: phone,
      clientEmail: email,
      status: 'overdue',
    });
    const item = await seedMessage(harness.db, 'email', email, seeded);
    const fields = inboundFields(phone, 'I will pay £100 — on “Friday”');
    const bounce = emailEvent('bounce', email, { outboxId: item.id, type: 'bounce', reason: '550 übel' });
    const good = await seedMessage(harness.db, 'email', `${newId('debtor')}@client.example`);
    const other = emailEvent('delivered', 'x@client.example', { outboxId: good.id });
    // Somebody holds the documents that the commits must create, so that they are refused again and again.
    const blockers = [
      harness.db.doc(`notifications/sms_reply_${sidOf(fields)}`),
      harness.db.doc(`outbox/email_bounced_${item.id}`),
    ];
    await Promise.all(blockers.map((blocker) => blocker.set({})));
    const [answer, batch] = await Promise.all([
      reply(fields),
      postAsSendgrid(events.origin, [other, bounce]),
    ]);
    expect([answer.status, batch.status]).toEqual([500, 500]);
    expect((await read(`processed_events/${keyOf(other)}`)).exists).toBe(true);
    const [sms, mail] = [
      await read(`failed_webhooks/twilio_${sidOf(fields)}`),
      await read(`failed_webhooks/${keyOf(bounce)}`),
    ];
    const common = { status: 'pending_retry', attempts: 1, lastError: { code: 'contention' } };
    expect(sms.data()).toMatchObject({ source: 'twilio', ...common, context: REPLY_CONTEXT });
    expect(mail.data()).toMatchObject({ source: 'sendgrid', eventType: 'bounce', ...common });
    expect(mail.data()).not.toHaveProperty('context');
    for (const [row, bytes] of [
      [sms, formOf(fields)],
      [mail, JSON.stringify(bounce)],
    ] as const) {
      const kept = await row.ref.collection('private').doc('payload').get();
      expect(gunzipSync(kept.get('bytes') as Buffer).toString('utf8')).toBe(bytes);
      expect(row.get('receivedAt')).toBeInstanceOf(Timestamp);
    }

    await Promise.all(blockers.map((blocker) => blocker.delete()));
    await tickWell(job, scheduledAt(5));
    for (const row of [sms, mail])
      expect((await row.ref.get()).data()).toMatchObject({ status: 'resolved', attempts: 2 });
    const kept = await read(`sms_replies/${sidOf(fields)}`);
    expect(kept.data()).toMatchObject({
      invoiceId: seeded.invoiceId,
      receivedAt: sms.get('receivedAt') as unknown,
    });
    expect((await item.get()).get('reason')).toBe('bounced');
    expect((await read(`email_suppressions/${hashOf('email', email)}`)).get('reason')).toBe('bounce');
  });

  it('is retried with what its URL said, for a status', async () => {
    const phone = newPhone();
    const item = await seedMessage(harness.db, 'sms', phone);
    const fields = statusFields(phone, 'delivered');
    const ref = await seedFailedEvent(
      harness.db,
      { source: 'twilio', eventId: `${sidOf(fields)}_delivered`, bytes: formOf(fields) },
      { context: { webhook: 'sms_status', outboxId: item.id } },
    );
    await tickWell(job, scheduledAt());
    expect((await item.get()).data()).toMatchObject({
      status: 'delivered',
      providerMessageId: sidOf(fields),
    });
    expect((await ref.get()).get('status')).toBe('resolved');
  });

  describe('and is applied late', () => {
    it('by the retries, a START does not undo a newer STOP, now or ever', async () => {
      const phone = newPhone();
      const start = inboundFields(phone, 'START');
      const row = await seedReply(start);
      await reply(inboundFields(phone, 'STOP'));
      await tickWell(job, scheduledAt());
      expect((await row.get()).get('status')).toBe('resolved');
      const claim = await read(`processed_events/twilio_${sidOf(start)}`);
      expect([claim.get('outcome'), await optOutOf(phone)]).toEqual(['superseded', 'opted_out']);
      expect((await read(`sms_opt_out_audit/${sidOf(start)}`)).data()).toMatchObject({
        action: 'opt_in',
        applied: false,
      });
      await claim.ref.delete();
      await row.delete();
      await reply(start);
      expect(await optOutOf(phone)).toBe('opted_out');
    });

    it('by a redelivery, a START counts from when it first came', async () => {
      const phone = newPhone();
      const start = inboundFields(phone, 'START');
      await seedReply(start, { nextRetryAt: new Date(Date.now() + 3_600_000) });
      await reply(inboundFields(phone, 'STOP'));
      expect((await reply(start)).body).not.toContain('<Message>');
      expect(await optOutOf(phone)).toBe('opted_out');
    });

    it('a START that nothing came after opts in, from when it first came', async () => {
      const phone = newPhone();
      await harness.db.doc(`sms_opt_outs/${phone}`).set({
        phoneNumber: phone,
        status: 'opted_out',
        optedOutAt: new Date(Date.now() - 7_200_000),
      });
      const start = inboundFields(phone, 'START');
      const row = await seedReply(start);
      await tickWell(job, scheduledAt());
      const optOut = await read(`sms_opt_outs/${phone}`);
      expect([optOut.get('status'), optOut.get('optedInAt')]).toEqual([
        'opted_in',
        (await row.get()).get('receivedAt'),
      ]);
    });

    it('a STOP does not undo a newer START, but does undo an older one', async () => {
      const [newer, older] = [newPhone(), newPhone()];
      await reply(inboundFields(newer, 'START'));
      await harness.db.doc(`sms_opt_outs/${older}`).set({
        phoneNumber: older,
        status: 'opted_in',
        optedInAt: new Date(Date.now() - 7_200_000),
      });
      await seedReply(inboundFields(newer, 'STOP'));
      await seedReply(inboundFields(older, 'STOP'));
      await tickWell(job, scheduledAt());
      expect([await optOutOf(newer), await optOutOf(older)]).toEqual(['opted_in', 'opted_out']);
    });
  });

  it('for good is a dead letter without a claim, and can succeed once it is mended', async () => {
    const phone = newPhone();
    const optOut = harness.db.doc(`sms_opt_outs/${phone}`);
    await optOut.set({ phoneNumber: phone, status: 'maybe' });
    const fields = inboundFields(phone, 'STOP');
    const answer = await reply(fields);
    expect([answer.status, answer.body.includes('<Message>')]).toEqual([200, false]);
    const row = await read(`failed_webhooks/twilio_${sidOf(fields)}`);
    expect(row.data()).toMatchObject({ status: 'dead_letter', lastError: { code: 'corrupt_document' } });
    expect((await read(`processed_events/twilio_${sidOf(fields)}`)).exists).toBe(false);
    await optOut.delete();
    expect((await reply(fields)).body).toContain('unsubscribed');
    expect((await row.ref.get()).get('status')).toBe('resolved');
  });

  it('and whose record does not say which webhook it was is a dead letter', async () => {
    const fields = inboundFields(newPhone(), 'STOP');
    const blind = await seedReply(fields, { context: null });
    await tickWell(job, scheduledAt());
    const row = await blind.get();
    expect([row.get('status'), row.get('lastError.code')]).toEqual(['dead_letter', 'unknown_source']);
  });

  it('five times at once is one row', async () => {
    const fields = statusFields('not a number', 'failed', { errorCode: '21610', sid: newMessageSid() });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        postAsTwilio(status.origin, { path: 'sms-status', fields, query: '?o=m' }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204, 204, 204]);
    const row = await read(`failed_webhooks/twilio_${sidOf(fields)}_failed`);
    expect(row.data()).toMatchObject({
      status: 'dead_letter',
      attempts: 1,
      lastError: { code: 'unusable_number' },
      context: { webhook: 'sms_status', outboxId: 'm' },
    });
  });
});

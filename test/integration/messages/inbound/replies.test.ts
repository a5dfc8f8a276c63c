import { Timestamp } from 'firebase-admin/firestore';
import { seedInvoice } from '../../../support/seed';
import { seedMessage, seedWaiting } from '../../../support/seedMessage';
import { newId } from '../../../support/stripeEvents';
import { inboundFields, newPhone, postAsTwilio, type TextAnswer } from '../../../support/twilioPost';
import { changesDuring } from '../../../support/refusal';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const EMPTY = `${HEAD}<Response/>`;
const says = (text: string): string => `${HEAD}<Response><Message>${text}</Message></Response>`;
const STOPPED = says("You've been unsubscribed from invoice reminders. Reply START to opt back in.");
const STARTED = says("You've been re-subscribed to invoice reminders. Reply STOP to opt out.");
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

describe('an answer to our number', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'twilioSmsReply');
  });
  afterAll(() => harness.stop());

  const read = (path: string) => harness.db.doc(path).get();
  const post = (fields: Record<string, string>): Promise<TextAnswer> =>
    postAsTwilio(harness.webhook.origin, { path: 'sms-reply', fields });
  const say = (from: string, body: string): Promise<TextAnswer> => post(inboundFields(from, body));
  const statusOf = async (phone: string): Promise<unknown> =>
    (await read(`sms_opt_outs/${phone}`)).get('status') ?? null;
  /** As if 30 days had passed since the message was processed. */
  const forgetClaim = (fields: Record<string, string>) =>
    harness.db.doc(`processed_events/twilio_${fields['MessageSid'] ?? ''}`).delete();

  it('STOP: opted out, with audit row and claim in one commit, and confirmed', async () => {
    const phone = newPhone();
    const fields = inboundFields(phone, 'Stop.');
    const answer = await post(fields);
    expect([answer.status, answer.body]).toEqual([200, STOPPED]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
    const sid = fields['MessageSid'] ?? '';
    const [optOut, audit, claim] = await harness.db.getAll(
      harness.db.doc(`sms_opt_outs/${phone}`),
      harness.db.doc(`sms_opt_out_audit/${sid}`),
      harness.db.doc(`processed_events/twilio_${sid}`),
    );
    expect(optOut?.data()).toMatchObject({
      phoneNumber: phone,
      status: 'opted_out',
      optOutMethod: 'sms_reply',
      messageSid: sid,
    });
    expect(optOut?.get('optedOutAt')).toBeInstanceOf(Timestamp);
    expect(audit?.data()).toMatchObject({
      phoneNumber: phone,
      action: 'opt_out',
      method: 'sms_reply',
      messageSid: sid,
      applied: true,
    });
    expect(audit?.data()).not.toHaveProperty('expiresAt');
    expect(claim?.data()).toMatchObject({ source: 'twilio', eventId: sid, outcome: 'opted_out' });
    expect([audit?.updateTime, claim?.updateTime]).toEqual([optOut?.updateTime, optOut?.updateTime]);
  });

  it('STOP cancels what waits for the number, whoever sends it, and marks what is being sent', async () => {
    const phone = newPhone();
    const waiting = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        seedWaiting(harness.db, 'sms', phone, { freelancerId: `user-${n}` }),
      ),
    );
    const sending = await seedMessage(harness.db, 'sms', phone);
    const corrupt = await seedWaiting(harness.db, 'sms', phone, { attempts: 'many' });
    const others = await seedWaiting(harness.db, 'sms', newPhone());
    await say(phone, 'STOP');
    const rows = await harness.db.getAll(...waiting);
    expect(new Set(rows.map((row) => `${String(row.get('status'))} ${String(row.get('reason'))}`))).toEqual(
      new Set(['cancelled opted_out']),
    );
    expect((await sending.get()).data()).toMatchObject({ status: 'sending', inFlightAtOptOut: true });
    expect((await others.get()).get('status')).toBe('pending');
    expect((await corrupt.get()).get('status')).toBe('pending');
  });

  it('STOP five times at once: one change, one confirmation', async () => {
    const fields = inboundFields(newPhone(), 'STOP');
    const other = await harness.serve('twilioSmsReply');
    const origins = [harness.webhook.origin, other.origin];
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => postAsTwilio(origins[n % 2] ?? '', { path: 'sms-reply', fields })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.map(({ body }) => body).sort()).toEqual([STOPPED, EMPTY, EMPTY, EMPTY, EMPTY].sort());
    const { createTime, updateTime } = await read(`sms_opt_outs/${fields['From'] ?? ''}`);
    expect(createTime).toEqual(updateTime);
  });

  it('STOP again keeps the day of the first one', async () => {
    const phone = newPhone();
    await say(phone, 'STOP');
    const first = await read(`sms_opt_outs/${phone}`);
    expect((await say(phone, 'unsubscribe')).body).toBe(STOPPED);
    const second = await read(`sms_opt_outs/${phone}`);
    expect(second.get('optedOutAt')).toEqual(first.get('optedOutAt'));
    expect(second.get('status')).toBe('opted_out');
  });

  it('START opts in again, and a STOP opts out after that', async () => {
    const phone = newPhone();
    await say(phone, 'STOP');
    expect((await say(phone, 'Start')).body).toBe(STARTED);
    expect(await statusOf(phone)).toBe('opted_in');
    expect((await say(phone, 'stop')).body).toBe(STOPPED);
    expect(await statusOf(phone)).toBe('opted_out');
  });

  it.each(['START', 'YES'])(
    'a captured %s that is replayed after its claim has expired fails',
    async (word) => {
      const phone = newPhone();
      await say(phone, 'STOP');
      const captured = inboundFields(phone, word);
      expect((await post(captured)).body).toBe(STARTED);
      await say(phone, 'STOP');
      expect((await post(captured)).body).toBe(EMPTY);
      await forgetClaim(captured);
      expect((await post(captured)).body).toBe(EMPTY);
      expect(await statusOf(phone)).toBe('opted_out');
    },
  );

  it('a replayed STOP does not undo a newer START', async () => {
    const phone = newPhone();
    const captured = inboundFields(phone, 'STOP');
    await post(captured);
    await say(phone, 'START');
    await forgetClaim(captured);
    expect((await post(captured)).body).toBe(EMPTY);
    expect(await statusOf(phone)).toBe('opted_in');
  });

  it('YES of somebody who is not opted out is a reply, and can never become an opt-in', async () => {
    const phone = newPhone();
    const captured = inboundFields(phone, 'Yes');
    expect((await post(captured)).body).toBe(EMPTY);
    expect(await statusOf(phone)).toBeNull();
    const reply = await read(`sms_replies/${captured['MessageSid'] ?? ''}`);
    expect(reply.data()).toMatchObject({ messageBody: 'Yes' });
    expect(reply.data()).not.toHaveProperty('expiresAt');
    await say(phone, 'STOP');
    await forgetClaim(captured);
    expect((await post(captured)).body).toBe(EMPTY);
    expect(await statusOf(phone)).toBe('opted_out');
  });

  it('HELP says who we are, and changes nothing but the claim', async () => {
    const fields = inboundFields(newPhone(), 'help');
    const changes = await changesDuring(harness, async () => {
      const { body } = await post(fields);
      expect(body).toMatch(
        /<Message>Recoup .*business that invoiced you.*Reply STOP to opt out\.<\/Message>/,
      );
    });
    expect(changes).toEqual([`processed_events/twilio_${fields['MessageSid'] ?? ''}`]);
  });

  it.each([
    ['STOP', 'opted_out'],
    ['START', 'opted_in'],
    ['HELP', null],
  ])('%s that Twilio has answered already is recorded and not answered', async (optOutType, status) => {
    const phone = newPhone();
    // A word of the account's own list: ours does not have it.
    const fields: Record<string, string> = { ...inboundFields(phone, 'ARRET'), OptOutType: optOutType };
    const answer = await post(fields);
    expect([answer.status, answer.body]).toEqual([200, EMPTY]);
    expect(await statusOf(phone)).toBe(status);
    expect((await read(`processed_events/twilio_${fields['MessageSid'] ?? ''}`)).exists).toBe(true);
  });

  it('anything else is kept for a year, linked to the newest open invoice, and told without its words', async () => {
    const phone = newPhone();
    const freelancerId = newId('user');
    const invoice = (status: string, sentAt: Date) =>
      seedInvoice(harness.db, {
        clientPhone: phone,
        freelancerId,
        status,
        sentAt,
        reference: `INV-${status}`,
      });
    await invoice('overdue', new Date('2026-05-01T00:00:00Z'));
    const newest = await invoice('in_collections', new Date('2026-07-01T00:00:00Z'));
    await invoice('paid', new Date('2026-09-01T00:00:00Z'));
    const fields = inboundFields(phone, 'I was in hospital <3 & will pay');
    expect((await post(fields)).body).toBe(EMPTY);
    const sid = fields['MessageSid'] ?? '';
    const reply = await read(`sms_replies/${sid}`);
    expect(reply.data()).toMatchObject({
      fromNumber: phone,
      toNumber: '+447700900999',
      messageBody: 'I was in hospital <3 & will pay',
      freelancerId,
      invoiceId: newest.invoiceId,
    });
    const kept = (reply.get('expiresAt') as Timestamp).toMillis() - Date.now();
    expect(Math.abs(kept - YEAR_MS)).toBeLessThan(60_000);
    const notice = await read(`notifications/sms_reply_${sid}`);
    expect(notice.data()).toMatchObject({ freelancerId, type: 'sms_reply', read: false });
    expect(notice.get('message')).toContain('INV-in_collections');
    expect(JSON.stringify(notice.data())).not.toContain('hospital');
    // Again, and after its claim has expired: one reply, one notice.
    await forgetClaim(fields);
    await post(fields);
    expect((await read(`notifications/sms_reply_${sid}`)).updateTime).toEqual(notice.updateTime);
  });

  it('is linked to nobody when two freelancers have open invoices of the number', async () => {
    const phone = newPhone();
    await seedInvoice(harness.db, { clientPhone: phone, status: 'overdue' });
    await seedInvoice(harness.db, { clientPhone: phone, status: 'sent' });
    const fields = inboundFields(phone, 'Which one?');
    await post(fields);
    const sid = fields['MessageSid'] ?? '';
    expect((await read(`sms_replies/${sid}`)).data()).toMatchObject({ freelancerId: null, invoiceId: null });
    expect((await read(`notifications/sms_reply_${sid}`)).exists).toBe(false);
  });

  it.each(['ACME', '60777', 'whatsapp:+447700900123', '+44', ''])(
    'from %j, which is no number, is a dead letter',
    async (from) => {
      const fields = inboundFields(from, 'STOP');
      const answer = await post(fields);
      expect([answer.status, answer.body]).toEqual([200, EMPTY]);
      const sid = fields['MessageSid'] ?? '';
      const row = await read(`failed_webhooks/twilio_${sid}`);
      expect(row.data()).toMatchObject({
        source: 'twilio',
        eventType: 'sms_reply',
        status: 'dead_letter',
        lastError: { code: 'unusable_number' },
        context: { webhook: 'sms_reply', outboxId: null },
      });
      expect((await read(`processed_events/twilio_${sid}`)).exists).toBe(false);
    },
  );

  it.each(['', 'a/b', '__x__'])('without a usable MessageSid (%j): 400, nothing changed', async (sid) => {
    const changes = await changesDuring(harness, async () => {
      const fields = inboundFields(newPhone(), 'STOP', sid);
      expect((await post(fields)).status).toBe(400);
    });
    expect(changes).toEqual([]);
  });
});

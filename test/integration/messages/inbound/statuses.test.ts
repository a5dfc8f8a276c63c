import { type DocumentReference } from 'firebase-admin/firestore';
import { newId } from '../../../support/stripeEvents';
import { hashOf, seedMessage, seedWaiting } from '../../../support/seedMessage';
import {
  newMessageSid,
  newPhone,
  postAsTwilio,
  statusFields,
  type TextAnswer,
} from '../../../support/twilioPost';
import { twilioClient, reportSmsStatus } from '../../../support/sandboxTwilio';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const CALLBACK = 'https://app.recoup.example/api/webhooks/twilio/sms-status';

describe('a status of a text message', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'twilioSmsStatus');
    harness.sandbox.webhookTargets.twilioStatus = `${harness.webhook.origin}/api/webhooks/twilio/sms-status`;
  });
  afterAll(() => harness.stop());

  const post = (fields: Record<string, string>, outboxId?: string): Promise<TextAnswer> =>
    postAsTwilio(harness.webhook.origin, {
      path: 'sms-status',
      fields,
      ...(outboxId === undefined ? {} : { query: `?o=${outboxId}` }),
    });
  async function stateOf(ref: DocumentReference): Promise<unknown[]> {
    const row = await ref.get();
    return ['status', 'reason', 'providerMessageId'].map((field): unknown => row.get(field));
  }
  const outcomeOf = async (sid: string, status: string): Promise<unknown> =>
    (await harness.db.doc(`processed_events/twilio_${sid}_${status}`).get()).get('outcome');

  it("from Twilio's own client and carrier to the item, by the id in the URL", async () => {
    const phone = newPhone();
    const item = await seedMessage(harness.db, 'sms', phone);
    const { sid } = await twilioClient(harness.sandbox).messages.create({
      to: phone,
      from: '+447700900999',
      body: 'Hello',
      statusCallback: `${CALLBACK}?o=${item.id}`,
    });
    // The item does not know its sid yet: Twilio's answer has not been stored.
    for (const status of ['sent', 'delivered']) {
      const answers = await reportSmsStatus(harness.sandbox, sid, { status });
      expect(answers.map((answer) => answer.status)).toEqual([204]);
      expect(await stateOf(item)).toEqual([status, null, sid]);
    }
  });

  it('of a text that is no reminder is no attempt to collect', async () => {
    const fields = { class: 'debtor_service', invoiceId: 'inv-1', freelancerId: 'user-1' };
    const [service, reminder] = await Promise.all(
      [fields, { ...fields, class: 'dunning' }].map((row) => seedMessage(harness.db, 'sms', newPhone(), row)),
    );
    for (const item of [service, reminder]) {
      await post(statusFields(newMessageSid(), 'delivered'), item?.id);
      expect((await item?.get())?.get('status')).toBe('delivered');
    }
    const attempts = await Promise.all(
      [service, reminder].map((item) => harness.db.doc(`collection_attempts/${item?.id ?? ''}`).get()),
    );
    expect(attempts.map(({ exists }) => exists)).toEqual([false, true]);
  });

  it('in whatever order, late and repeated: the item ends where the message did', async () => {
    const phone = newPhone();
    for (const order of [
      ['queued', 'sent', 'delivered'],
      ['delivered', 'sent', 'queued'],
      ['sent', 'delivered', 'sending', 'sent', 'delivered'],
    ]) {
      const sid = newMessageSid();
      const item = await seedMessage(harness.db, 'sms', phone);
      for (const status of order) {
        expect((await post(statusFields(phone, status, { sid }), item.id)).status).toBe(204);
      }
      expect(await stateOf(item)).toEqual(['delivered', null, sid]);
    }
  });

  it('five times at once is applied once', async () => {
    const phone = newPhone();
    const sid = newMessageSid();
    const item = await seedMessage(harness.db, 'sms', phone);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(statusFields(phone, 'delivered', { sid }), item.id)),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(await stateOf(item)).toEqual(['delivered', null, sid]);
    expect(await outcomeOf(sid, 'delivered')).toBe('applied');
  });

  it('settles an item of which nothing was known', async () => {
    const phone = newPhone();
    const sid = newMessageSid();
    const item = await seedMessage(harness.db, 'sms', phone, { status: 'unknown', reason: 'timeout' });
    await post(statusFields(phone, 'queued', { sid }), item.id);
    expect(await stateOf(item)).toEqual(['unknown', 'timeout', sid]);
    expect(await outcomeOf(sid, 'queued')).toBe('noted');
    await post(statusFields(phone, 'read', { sid }), item.id);
    expect(await stateOf(item)).toEqual(['delivered', null, sid]);
  });

  it('30036: back to the gate, and what still comes of that attempt says nothing', async () => {
    const phone = newPhone();
    const sid = newMessageSid();
    const item = await seedMessage(harness.db, 'sms', phone, { status: 'sent', providerMessageId: sid });
    await post(statusFields(phone, 'undelivered', { sid, errorCode: '30036' }), item.id);
    expect(await stateOf(item)).toEqual(['pending', 'expired', null]);
    await post(statusFields(phone, 'sent', { sid }), item.id);
    expect(await stateOf(item)).toEqual(['pending', 'expired', null]);
  });

  it.each(['21211', '21614', '30005', '30006'])(
    '%s: failed, and the number can not be reached',
    async (code) => {
      const phone = newPhone();
      const item = await seedMessage(harness.db, 'sms', phone, { status: 'sent' });
      await post(statusFields(phone, 'undelivered', { errorCode: code }), item.id);
      expect((await stateOf(item)).slice(0, 2)).toEqual(['failed', code]);
      const recipient = await harness.db.doc(`recipients/sms_${hashOf('sms', phone)}`).get();
      expect(recipient.get('unreachable')).toMatchObject({ code });
    },
  );

  it('30003: failed, and nothing is said of the number', async () => {
    const phone = newPhone();
    const item = await seedMessage(harness.db, 'sms', phone, { status: 'sent' });
    await post(statusFields(phone, 'undelivered', { errorCode: '30003' }), item.id);
    expect((await stateOf(item)).slice(0, 2)).toEqual(['failed', '30003']);
    expect((await harness.db.doc(`recipients/sms_${hashOf('sms', phone)}`).get()).exists).toBe(false);
  });

  it('21610: an opt-out by the carrier, and what waits for the number is cancelled', async () => {
    const phone = newPhone();
    const sid = newMessageSid();
    const item = await seedMessage(harness.db, 'sms', phone, { status: 'sent' });
    const waiting = await seedWaiting(harness.db, 'sms', phone);
    await post(statusFields(phone, 'failed', { sid, errorCode: '21610' }), item.id);
    expect((await stateOf(item)).slice(0, 2)).toEqual(['failed', '21610']);
    expect((await stateOf(waiting)).slice(0, 2)).toEqual(['cancelled', 'opted_out']);
    const optOut = await harness.db.doc(`sms_opt_outs/${phone}`).get();
    expect(optOut.data()).toMatchObject({ status: 'opted_out', optOutMethod: 'carrier', messageSid: sid });
    const audit = await harness.db.doc(`sms_opt_out_audit/carrier_${sid}`).get();
    expect(audit.updateTime).toEqual(optOut.updateTime);
  });

  it('of a message that is none of ours is claimed, and changes nothing', async () => {
    for (const outboxId of [undefined, newId('msg'), '__x__']) {
      const sid = newMessageSid();
      expect((await post(statusFields(newPhone(), 'delivered', { sid }), outboxId)).status).toBe(204);
      expect(await outcomeOf(sid, 'delivered')).toBe('unknown_item');
    }
  });

  it('of another message than the one that the item became says nothing of it', async () => {
    const phone = newPhone();
    const sid = newMessageSid();
    const item = await seedMessage(harness.db, 'sms', phone, { status: 'sent', providerMessageId: sid });
    await post(statusFields(phone, 'failed', { errorCode: '30003' }), item.id);
    expect(await stateOf(item)).toEqual(['sent', null, sid]);
    const waiting = await seedWaiting(harness.db, 'sms', phone);
    await post(statusFields(phone, 'delivered'), waiting.id);
    expect((await stateOf(waiting))[0]).toBe('pending');
  });
});

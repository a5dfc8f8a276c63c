import { type Firestore } from 'firebase-admin/firestore';
import { systemClock } from '../../../../functions/src/platform/clock';
import { type Config } from '../../../../functions/src/platform/config';
import { systemRandom } from '../../../../functions/src/platform/random';
import { applyInboundSms } from '../../../../functions/src/usecases/applyInboundSms';
import { openFunctionsFirestore } from '../../../support/functionsFirestore';
import { localSetting } from '../../../support/sandboxSettings';
import { seedWaiting } from '../../../support/seedMessage';
import { newMessageSid, newPhone } from '../../../support/twilioPost';

/** A minute ago, in whole seconds, as Twilio's list has it. */
const LATELY = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);

describe('a message that is found in the list of Twilio, for no webhook brought it', () => {
  let db: Firestore;
  let close: () => Promise<void>;
  beforeAll(() => {
    ({ db, close } = openFunctionsFirestore('demo-t-reconciled'));
  });
  afterAll(() => close());

  function apply(from: string, body: string, origin: Parameters<typeof applyInboundSms>[3], sid: string) {
    // All that it takes of the configuration.
    const config = { addressHashKey: localSetting('ADDRESS_HASH_KEY') } as Config;
    const sms = { messageSid: sid, from, to: localSetting('TWILIO_FROM'), body, optOutType: null };
    const deps = { db, clock: systemClock, random: systemRandom, config };
    return applyInboundSms(deps, systemRandom.uuid(), sms, origin);
  }
  const find = (from: string, body: string, sentAt = LATELY, sid = newMessageSid()) =>
    apply(from, body, { via: 'reconciliation', sentAt }, sid);
  const optOutOf = (phone: string) => db.doc(`sms_opt_outs/${phone}`).get();

  it('STOP opts out, once, and the late webhook finds it done', async () => {
    const phone = newPhone();
    const waiting = await seedWaiting(db, 'sms', phone);
    const sid = newMessageSid();
    expect(await find(phone, 'Stop!', LATELY, sid)).toMatchObject({ outcome: 'opted_out', duplicate: false });
    expect(await find(phone, 'Stop!', LATELY, sid)).toMatchObject({ duplicate: true });
    expect(await apply(phone, 'Stop!', { via: 'webhook' }, sid)).toMatchObject({ duplicate: true });
    expect((await optOutOf(phone)).get('status')).toBe('opted_out');
    expect((await waiting.get()).get('status')).toBe('cancelled');
  });

  it.each([
    [-61_000, 'superseded', 'opted_in'],
    // In the second of the START: Twilio does not say which came first, so the "no" counts.
    [-60_000, 'opted_out', 'opted_out'],
    [-59_000, 'opted_out', 'opted_out'],
  ])(
    'STOP sent %i ms from now, with a START half a second into minus 60 s: %s',
    async (at, outcome, status) => {
      const phone = newPhone();
      const optedInAt = new Date(LATELY.getTime() + 500);
      await db.doc(`sms_opt_outs/${phone}`).set({ phoneNumber: phone, status: 'opted_in', optedInAt });
      const sentAt = new Date(LATELY.getTime() + 60_000 + at);
      expect(await find(phone, 'STOP', sentAt)).toMatchObject({ outcome });
      expect((await optOutOf(phone)).get('status')).toBe(status);
    },
  );

  it.each(['START', 'HELP'])(
    '%s is left alone, and the webhook that comes after all is taken',
    async (body) => {
      const phone = newPhone();
      const sid = newMessageSid();
      expect(await find(phone, body, LATELY, sid)).toBeNull();
      expect((await optOutOf(phone)).exists).toBe(false);
      expect((await db.doc(`processed_events/twilio_${sid}`).get()).exists).toBe(false);
      expect(await apply(phone, body, { via: 'webhook' }, sid)).toMatchObject({ duplicate: false });
    },
  );

  it('YES of somebody who is opted out is a reply, and stays one', async () => {
    const phone = newPhone();
    await find(phone, 'STOP');
    const sid = newMessageSid();
    expect(await find(phone, 'YES', LATELY, sid)).toMatchObject({ outcome: 'reply' });
    await db.doc(`processed_events/twilio_${sid}`).delete();
    expect(await apply(phone, 'YES', { via: 'webhook' }, sid)).toMatchObject({ outcome: 'repeated' });
    expect((await optOutOf(phone)).get('status')).toBe('opted_out');
  });

  it('anything else is kept, from when it was sent', async () => {
    const sid = newMessageSid();
    await find(newPhone(), 'I paid on Monday', LATELY, sid);
    const reply = await db.doc(`sms_replies/${sid}`).get();
    expect(reply.data()).toMatchObject({ messageBody: 'I paid on Monday' });
    expect((reply.get('receivedAt') as { toMillis(): number }).toMillis() - LATELY.getTime()).toBeLessThan(
      1_000,
    );
  });
});

import { newPhone } from '../../support/seedChase';
import { hashOf, seedWaiting } from '../../support/seedMessage';
import { seedReminder } from '../../support/seedReminder';
import { receiveSms } from '../../support/sandboxTwilio';
import { inboundFields } from '../../support/twilioPost';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { type Scene } from '../run/scene';
import { around } from './points';
import { type Story } from './story';

const POINTS = around('twilio');

/** A text message to our number, which Twilio also keeps in its list. */
async function textOf(
  scene: Scene,
  from: string,
  body: string,
  once: boolean,
): Promise<Deed & { sid: string }> {
  const { sid } = await receiveSms(scene.sandbox, { from, body, lose: true });
  const form = new URLSearchParams(inboundFields(from, body, sid)).toString();
  return { do: 'deliver', to: 'twilioSmsReply', body: form, once, sid };
}

/** Somebody says STOP while a message for him waits. Twilio delivers it once: what is lost then is found in its list. */
export const stop: Story = {
  name: 'stop',
  crashPoints: POINTS,
  provider: 'twilio',
  begin: async (scene) => {
    const { item, phone } = await seedReminder(scene, 'sms');
    const text = await textOf(scene, phone, 'STOP', scene.random.below(2) === 0);
    return {
      deeds: [text, { do: 'task', queue: 'sendSms', data: { outboxId: item.id } }],
      anyOrder: true,
      check: (books) => [
        ...differs('the opt-out', books.optOutOf(phone)['status'], 'opted_out'),
        ...differs('its audit row', books.at(`sms_opt_out_audit/${text.sid}`)['applied'], true),
        ...differs('its claim', books.has(`processed_events/twilio_${text.sid}`), true),
      ],
    };
  },
};

/** Somebody who was opted out comes back, and writes something. */
export const start: Story = {
  name: 'start',
  crashPoints: POINTS,
  provider: null,
  begin: async (scene) => {
    const phone = newPhone();
    const said = new Date(scene.now().getTime() - 86_400_000);
    await scene.db
      .doc(`sms_opt_outs/${phone}`)
      .set({ phoneNumber: phone, status: 'opted_out', optedOutAt: said });
    const waiting = await seedWaiting(scene.db, 'sms', phone, {
      dueAt: null,
      status: 'cancelled',
      expiresAt: said,
    });
    const texts = [
      await textOf(scene, phone, 'START', false),
      await textOf(scene, phone, 'I paid on Monday', false),
    ];
    return {
      deeds: texts,
      anyOrder: true,
      check: (books) => [
        ...differs('the opt-out', books.optOutOf(phone)['status'], 'opted_in'),
        ...differs('the reply', books.in('sms_replies').length, 1),
        ...differs('audit rows', books.in('sms_opt_out_audit').length, 1),
        ...differs('the hash', books.at(waiting.path)['recipientHash'], hashOf('sms', phone)),
        ...texts.flatMap(({ sid }) =>
          differs(`the claim of ${sid}`, books.has(`processed_events/twilio_${sid}`), true),
        ),
      ],
    };
  },
};

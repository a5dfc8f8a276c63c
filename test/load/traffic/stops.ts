import { type Firestore } from 'firebase-admin/firestore';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { localSecret, localSetting } from '../../support/sandboxSettings';
import { inboundFields } from '../../support/twilioPost';
import { type Traffic } from './traffic';

const PATH = '/api/webhooks/twilio/sms-reply';

/** People who answer STOP, each from a number of his own. */
export function stops(db: Firestore, count: number): Traffic {
  const phones = Array.from({ length: count }, (_, n) => `+44770${String(1_000_000 + n)}`);
  const token = localSecret('TWILIO_AUTH_TOKEN');
  const url = `${localSetting('PUBLIC_BASE_URL')}${PATH}`;
  return {
    name: 'STOP by text message',
    target: 'twilioSmsReply',
    isWebhook: true,
    requests: phones.map((phone) => {
      const fields = inboundFields(phone, 'STOP');
      return {
        path: PATH,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'x-twilio-signature': getExpectedTwilioSignature(token, url, fields),
        },
        body: new URLSearchParams(fields).toString(),
      };
    }),
    faults: async () => {
      const rows = await db.getAll(...phones.map((phone) => db.doc(`sms_opt_outs/${phone}`)));
      const deaf = rows.filter((row) => row.get('status') !== 'opted_out').length;
      const { count: audits } = (await db.collection('sms_opt_out_audit').count().get()).data();
      return [
        ...(deaf === 0 ? [] : [`${deaf} of ${count} numbers that said STOP are not opted out`]),
        ...(audits === count ? [] : [`${audits} audit rows of ${count} opt-outs`]),
      ];
    },
  };
}

import { createPrivateKey, sign } from 'node:crypto';
import { deliver, type DeliveryResult } from '../../deliver';
import { settingAt } from '../../settings';
import { type SendgridEvent } from './buildEvent';

/**
 * Posts events in one request, signed as SendGrid signs: ECDSA over the timestamp and the raw bytes.
 * @param secretIndex which of the private keys signs
 */
export async function postBatch(
  target: string,
  events: readonly SendgridEvent[],
  secretIndex = 0,
): Promise<DeliveryResult> {
  // SendGrid breaks its lines in this way, so that whoever verifies re-serialized JSON fails here as there.
  const body = `[${events.map((event) => JSON.stringify(event)).join(',\r\n')}]\r\n`;
  // Never of the travelled clock: signatures are checked against the real time.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = createPrivateKey({
    key: Buffer.from(settingAt('SENDGRID_WEBHOOK_PRIVATE_KEY', secretIndex), 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  return deliver(target, body, {
    'content-type': 'application/json;charset=utf-8',
    'user-agent': 'SendGrid Event API',
    'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), key).toString(
      'base64',
    ),
    'x-twilio-email-event-webhook-timestamp': timestamp,
  });
}

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { deliver, type DeliveryResult } from '../../deliver';
import { settingAt } from '../../settings';

export interface WebhookPost {
  /** What Twilio was told to call: the signature is made over it, fragment excluded. */
  publicUrl: string;
  /** Where it goes on this machine. */
  target: string;
  fields: Record<string, string>;
  /** Which of the auth tokens signs; 0 is the one in use. */
  secretIndex: number;
  headers?: Record<string, string>;
}

/** Posts a form as Twilio does. */
export async function postSigned(post: WebhookPost): Promise<DeliveryResult> {
  const [signedUrl = ''] = post.publicUrl.split('#');
  const token = settingAt('TWILIO_AUTH_TOKEN', post.secretIndex);
  return deliver(post.target, new URLSearchParams(post.fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': getExpectedTwilioSignature(token, signedUrl, post.fields),
    ...post.headers,
  });
}

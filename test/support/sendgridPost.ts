import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { localSecret } from './sandboxSettings';
import { type TextAnswer } from './twilioPost';

export type EmailEventFields = Readonly<Record<string, unknown>>;

export interface SendgridPost {
  /** Which of the private keys signs. */
  readonly key?: number;
  /** Seconds. */
  readonly timestamp?: number;
  /** What is signed instead of what is posted. */
  readonly signedBody?: string;
  /** Replace the usual ones; an empty value leaves one out. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers of a body that SendGrid signs. */
export function signedBySendgrid(
  body: string,
  { key = 0, timestamp = Math.floor(Date.now() / 1000) }: Pick<SendgridPost, 'key' | 'timestamp'> = {},
): Record<string, string> {
  const privateKey = createPrivateKey({
    key: Buffer.from(localSecret('SENDGRID_WEBHOOK_PRIVATE_KEY', key), 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    'content-type': 'application/json;charset=utf-8',
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.from(`${timestamp}${body}`),
      privateKey,
    ).toString('base64'),
    'x-twilio-email-event-webhook-timestamp': String(timestamp),
  };
}

/** Posts a batch of events, or bytes that are none, as SendGrid does. */
export async function postAsSendgrid(
  origin: string,
  batch: readonly EmailEventFields[] | string,
  { signedBody, headers = {}, ...signing }: SendgridPost = {},
): Promise<TextAnswer> {
  const body = typeof batch === 'string' ? batch : `${JSON.stringify(batch)}\r\n`;
  const all = { ...signedBySendgrid(signedBody ?? body, signing), ...headers };
  const response = await fetch(origin, {
    method: 'POST',
    headers: Object.entries(all).filter(([, value]) => value !== ''),
    body,
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

/** One event, as SendGrid makes them. */
export function emailEvent(event: string, email: string, more: EmailEventFields = {}): EmailEventFields {
  return {
    email,
    timestamp: Math.floor(Date.now() / 1000),
    event,
    sg_event_id: `${Buffer.from(randomUUID()).toString('base64url').slice(0, 43)}==`,
    ...more,
  };
}

/** Its key in `processed_events` and `failed_webhooks`. */
export function keyOf(event: EmailEventFields): string {
  return `sendgrid_${String(event['sg_event_id']).replace(/=+$/, '')}`;
}

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { localSecret, localSetting } from './sandboxSettings';

export interface TwilioPost {
  /** The webhook's path on Hosting: what is signed, behind PUBLIC_BASE_URL. */
  readonly path: 'sms-reply' | 'sms-status';
  readonly fields: Readonly<Record<string, string>>;
  /** With its question mark. */
  readonly query?: string;
  /** What is signed instead of what is posted. */
  readonly signed?: {
    readonly token?: string;
    readonly url?: string;
    readonly fields?: Readonly<Record<string, string | string[]>>;
  };
  /** The form's bytes, when they are not just the fields. */
  readonly body?: string;
  /** Replace the usual ones; an empty value leaves one out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

export interface TextAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

/** Posts a form to a served webhook as Twilio does. */
export async function postAsTwilio(origin: string, post: TwilioPost): Promise<TextAnswer> {
  const { path, fields, query = '', signed = {}, method = 'POST' } = post;
  const url = signed.url ?? `${localSetting('PUBLIC_BASE_URL')}/api/webhooks/twilio/${path}${query}`;
  const token = signed.token ?? localSecret('TWILIO_AUTH_TOKEN');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': getExpectedTwilioSignature(token, url, signed.fields ?? fields),
    ...post.headers,
  };
  const response = await fetch(`${origin}/api/webhooks/twilio/${path}${query}`, {
    method,
    headers: Object.entries(headers).filter(([, value]) => value !== ''),
    ...(method === 'GET' ? {} : { body: post.body ?? new URLSearchParams(fields).toString() }),
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

let numbers = 100;

/** A number that nobody has, and that no other test of this file uses. */
export function newPhone(): string {
  numbers += 1;
  return `+447700900${numbers}`;
}

/** The id of a message, as Twilio makes them. */
export function newMessageSid(): string {
  return `SM${crypto.randomUUID().replaceAll('-', '')}`;
}

/** What comes to our number. */
export function inboundFields(from: string, body: string, sid = newMessageSid()): Record<string, string> {
  return {
    MessageSid: sid,
    From: from,
    To: localSetting('TWILIO_FROM'),
    Body: body,
    NumMedia: '0',
    FromCity: '',
  };
}

/** What becomes of a message of ours. */
export function statusFields(
  to: string,
  status: string,
  more: { readonly sid?: string; readonly errorCode?: string } = {},
): Record<string, string> {
  return {
    MessageSid: more.sid ?? newMessageSid(),
    MessageStatus: status,
    To: to,
    From: localSetting('TWILIO_FROM'),
    ...(more.errorCode === undefined ? {} : { ErrorCode: more.errorCode }),
  };
}

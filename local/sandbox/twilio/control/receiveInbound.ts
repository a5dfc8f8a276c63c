import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { setting } from '../../settings';
import { postSigned } from '../carrier/postSigned';
import { countSegments } from '../countSegments';
import { keyword } from '../keyword';
import { type Message } from '../message';
import { newSid } from '../newSid';
import { phoneNumber } from '../phoneNumber';
import { type TwilioContext } from '../twilioContext';

const REPLY_PATH = '/api/webhooks/twilio/sms-reply';

const inboundSchema = z.strictObject({
  from: phoneNumber,
  /** Our number; TWILIO_FROM without it. */
  to: phoneNumber.optional(),
  body: z.string().max(1600),
  /** Sent along only by a Messaging Service with Advanced Opt-Out. */
  optOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
  deliveries,
  /** Twilio has it, and blocks or unblocks, but we are never told. */
  lose: z.boolean().default(false),
  /** Which of the auth tokens signs. */
  secretIndex: z.number().int().min(0).default(0),
  /** The id of a message that is already there delivers that one again. */
  sid: z
    .string()
    .regex(/^(SM|MM)[0-9a-f]{32}$/)
    .optional(),
});

/**
 * POST /_sandbox/twilio/inbound: somebody writes to our number. Answers with the message's id and with what the
 * webhook said to each delivery.
 * @throws ControlError (409) when no webhook URL is configured, or the id belongs to another message.
 */
export async function receiveInbound(context: TwilioContext, body: unknown): Promise<unknown> {
  const wish = parseControl(inboundSchema, body);
  const target = context.replyTarget();
  const times = wish.lose ? 0 : wish.deliveries;
  if (target === undefined && times > 0) {
    throw new ControlError('No webhook URL for replies to Twilio is configured.', 409);
  }
  const message = keep(context, { ...wish, to: wish.to ?? setting('TWILIO_FROM') });
  const post = {
    publicUrl: `${setting('PUBLIC_BASE_URL')}${REPLY_PATH}`,
    target: target ?? '',
    secretIndex: wish.secretIndex,
    fields: replyFields(message, wish.optOutType),
    // The same for every try of one webhook.
    headers: { 'i-twilio-idempotency-token': createHash('sha256').update(message.sid).digest('hex') },
  };
  const results = await Promise.all(Array.from({ length: times }, () => postSigned(post)));
  return { sid: message.sid, deliveries: results };
}

interface Inbound {
  from: string;
  to: string;
  body: string;
  optOutType?: 'STOP' | 'START' | 'HELP' | undefined;
  sid?: string | undefined;
}

function keep(context: TwilioContext, { from, to, body, optOutType, sid }: Inbound): Message {
  const known = sid === undefined ? undefined : context.store.get(sid);
  if (known !== undefined) {
    if (known.direction === 'inbound' && known.from === from && known.to === to && known.body === body)
      return known;
    throw new ControlError(`${known.sid} is another message.`, 409);
  }
  const now = context.now();
  const message: Message = {
    sid: sid ?? newSid(),
    direction: 'inbound',
    from,
    to,
    body,
    messagingServiceSid: null,
    statusCallback: null,
    createdAt: now,
    status: 'received',
    errorCode: null,
    updatedAt: now,
    sentAt: now,
  };
  context.store.add(message);
  const word = optOutType ?? keyword(body);
  if (word === 'STOP') context.store.block(from, to);
  if (word === 'START') context.store.unblock(from, to);
  return message;
}

/** Empty fields are part of the form, and of the signature. */
function replyFields(message: Message, optOutType: string | undefined): Record<string, string> {
  return {
    ToCountry: 'GB',
    ToState: '',
    SmsMessageSid: message.sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '',
    SmsSid: message.sid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: message.body,
    FromCountry: 'GB',
    To: message.to,
    ToZip: '',
    NumSegments: String(countSegments(message.body)),
    MessageSid: message.sid,
    AccountSid: setting('TWILIO_ACCOUNT_SID'),
    From: message.from ?? '',
    ApiVersion: '2010-04-01',
    ...(optOutType === undefined ? {} : { OptOutType: optOutType }),
  };
}

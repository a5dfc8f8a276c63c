import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';
import { type InboundSms } from '../domain/messages/inboundSms';
import { BadInputError, PermanentFailure } from '../platform/errors';
import { readTwilioForm } from '../providers/twilio/twilioForm';
import { applyInboundSms } from './applyInboundSms';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';

const schema = z.object({
  MessageSid: z.string(),
  From: z.string(),
  To: z.string(),
  /** Left out when somebody sends a picture alone. */
  Body: z.string().default(''),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});

/**
 * A text message to our number, from a form whose signature was verified.
 *
 * @throws BadInputError when it carries no usable MessageSid
 */
export function incomingSms(deps: Deps, rawBody: Uint8Array): IncomingEvent {
  const form = readTwilioForm(rawBody);
  const messageSid = form['MessageSid'];
  if (!isDocumentId(messageSid)) throw new BadInputError('The message has no usable MessageSid.');
  return {
    identity: { source: 'twilio', eventId: messageSid, eventType: 'sms_reply' },
    rawBody,
    context: { webhook: 'sms_reply', outboxId: null },
    apply: async (attemptId) => applyInboundSms(deps, attemptId, parse(form), { via: 'webhook' }),
  };
}

function parse(form: unknown): InboundSms {
  const parsed = schema.safeParse(form);
  if (!parsed.success) {
    throw new PermanentFailure('unusable_event', 'This is not a message that we can use.', {
      cause: parsed.error,
    });
  }
  const { MessageSid, From, To, Body, OptOutType } = parsed.data;
  return { messageSid: MessageSid, from: From, to: To, body: Body, optOutType: OptOutType ?? null };
}

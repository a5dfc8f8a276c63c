import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';
import { type SmsStatus } from '../domain/messages/smsStatus';
import { BadInputError, PermanentFailure } from '../platform/errors';
import { readTwilioForm } from '../providers/twilio/twilioForm';
import { applySmsStatus } from './applySmsStatus';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';

const schema = z.object({
  MessageSid: z.string(),
  MessageStatus: z.string(),
  To: z.string(),
  ErrorCode: z.string().optional(),
});

/**
 * A status of a message that we sent, from a form whose signature was verified. Its identity is of signed data alone:
 * the message and the word.
 *
 * @param outboxId the item that the signed URL names
 * @throws BadInputError when message and word make no usable identity
 */
export function incomingSmsStatus(deps: Deps, rawBody: Uint8Array, outboxId: string | null): IncomingEvent {
  const form = readTwilioForm(rawBody);
  const { MessageSid: messageSid, MessageStatus: messageStatus } = form;
  const eventId = `${String(messageSid)}_${String(messageStatus)}`;
  if (typeof messageSid !== 'string' || typeof messageStatus !== 'string' || !isDocumentId(eventId)) {
    throw new BadInputError('The status has no usable MessageSid and MessageStatus.');
  }
  return {
    identity: { source: 'twilio', eventId, eventType: `sms_status.${messageStatus}` },
    rawBody,
    context: { webhook: 'sms_status', outboxId },
    apply: async (attemptId) => applySmsStatus(deps, attemptId, parse(form, outboxId)),
  };
}

function parse(form: unknown, outboxId: string | null): SmsStatus {
  const parsed = schema.safeParse(form);
  if (!parsed.success) {
    throw new PermanentFailure('unusable_event', 'This is not a status that we can use.', {
      cause: parsed.error,
    });
  }
  const { MessageSid, MessageStatus, To, ErrorCode } = parsed.data;
  const errorCode = ErrorCode === undefined || ErrorCode === '' || ErrorCode === '0' ? null : ErrorCode;
  return { messageSid: MessageSid, messageStatus: MessageStatus, errorCode, to: To, outboxId };
}

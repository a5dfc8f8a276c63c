import { setting } from '../../settings';
import { type Message } from '../message';
import { newSid } from '../newSid';
import { TwilioApiError } from '../twilioApiError';
import { type TwilioContext } from '../twilioContext';
import { messageParameters } from './messageParameters';
import { parseParameters } from './parseParameters';

/**
 * Takes a message in.
 * @throws TwilioApiError as Twilio would refuse it.
 */
export function createMessage(context: TwilioContext, parameters: Record<string, unknown>): Message {
  const wish = parseParameters(messageParameters, parameters);
  const from = wish.From ?? null;
  checkSender(from, wish.To);
  checkRecipient(context, wish.To, from);
  const now = context.now();
  const message: Message = {
    sid: newSid(),
    direction: 'outbound-api',
    from,
    to: wish.To,
    body: wish.Body ?? '',
    messagingServiceSid: wish.MessagingServiceSid ?? null,
    statusCallback: wish.StatusCallback ?? null,
    createdAt: now,
    // A Messaging Service chooses the sender after it has accepted.
    status: wish.MessagingServiceSid === undefined ? 'queued' : 'accepted',
    errorCode: null,
    updatedAt: now,
    sentAt: null,
  };
  context.store.add(message);
  return message;
}

function checkSender(from: string | null, to: string): void {
  if (from === null) return;
  if (from === to) throw new TwilioApiError(21266);
  if (from.startsWith('+') && from !== setting('TWILIO_FROM')) throw new TwilioApiError(21606);
}

function checkRecipient(context: TwilioContext, to: string, from: string | null): void {
  const kind = context.store.kindOf(to);
  if (kind === 'invalid') throw new TwilioApiError(21211, to.replace(/.{1,4}$/, 'XXXX'));
  if (kind === 'landline') throw new TwilioApiError(21614);
  if (context.store.isBlocked(to, from ?? setting('TWILIO_FROM'))) throw new TwilioApiError(21610);
}

import { type DeliveryResult } from '../../deliver';
import { setting } from '../../settings';
import { type Message, type MessageStatus } from '../message';
import { type TwilioContext } from '../twilioContext';
import { postSigned } from './postSigned';

/**
 * Tells our status webhook of one status, if the message asked for that and a target is configured.
 * @param secretIndex which of the auth tokens signs
 */
export async function postStatus(
  context: TwilioContext,
  message: Message,
  status: MessageStatus,
  errorCode: number | null,
  secretIndex = 0,
): Promise<DeliveryResult | undefined> {
  const target = context.statusTarget();
  if (message.statusCallback === null || target === undefined) return undefined;
  return postSigned({
    publicUrl: message.statusCallback,
    target: `${target}${new URL(message.statusCallback).search}`,
    secretIndex,
    fields: {
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
      SmsSid: message.sid,
      SmsStatus: status,
      MessageStatus: status,
      To: message.to,
      MessageSid: message.sid,
      AccountSid: setting('TWILIO_ACCOUNT_SID'),
      From: message.from ?? '',
      ApiVersion: '2010-04-01',
    },
  });
}

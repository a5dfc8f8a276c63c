import { type DeliveryReport } from './deliveryReport';
import { readSmsStatus } from './readSmsStatus';

/** What Twilio's list says of a message that we sent. That it is listed at all says that it was taken. */
export function readListedSms(listed: {
  readonly messageId: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly to: string;
}): DeliveryReport {
  const { report } = readSmsStatus({
    messageSid: listed.messageId,
    messageStatus: listed.status,
    errorCode: listed.errorCode === null ? null : String(listed.errorCode),
    to: listed.to,
    outboxId: null,
  });
  return report ?? { kind: 'sent', messageId: listed.messageId };
}

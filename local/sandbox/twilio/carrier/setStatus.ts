import { type Message, type MessageStatus } from '../message';

/** Changes what the API says of a message. */
export function setStatus(
  message: Message,
  status: MessageStatus,
  errorCode: number | null,
  now: Date,
): void {
  message.status = status;
  message.errorCode = errorCode;
  message.updatedAt = now;
  if (status !== 'queued' && status !== 'accepted' && status !== 'scheduled') message.sentAt ??= now;
}

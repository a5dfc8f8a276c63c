import { randomBytes } from 'node:crypto';

/** A new x-message-id in SendGrid's form. */
export function newMessageId(): string {
  return randomBytes(16).toString('base64url');
}

/** A new sg_event_id in SendGrid's form: unique for each event, the same in each of its deliveries. */
export function newEventId(): string {
  return randomBytes(24).toString('base64url');
}

/** The sg_message_id of one address of a mail: the x-message-id and where it was worked on. */
export function sgMessageIdOf(messageId: string, place: number): string {
  return `${messageId}.filterdrecv-5645d9c87f-zk7pw-18-6734A1B2-${place}.0`;
}

/** The Message-ID header of one address of a mail. */
export function smtpIdOf(messageId: string, place: number): string {
  return `<${messageId}.${place}@geopod-ismtpd-1>`;
}

import { randomBytes } from 'node:crypto';

/** A new message id in Twilio's form. */
export function newSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}

import { type Mail } from './mail';

/** Why an address gets nothing more, and what a dropped event calls it. */
export const SUPPRESSIONS = {
  bounce: 'Bounced Address',
  unsubscribe: 'Unsubscribed Address',
  spamreport: 'Spam Reporting Address',
  invalid: 'Invalid',
} as const;
export type Suppression = keyof typeof SUPPRESSIONS;

/** Everything that this SendGrid keeps. */
export class MailStore {
  private readonly mails = new Map<string, Mail>();
  private readonly suppressions = new Map<string, Suppression>();

  add(mail: Mail): void {
    this.mails.set(mail.messageId, mail);
  }

  get(messageId: string): Mail | undefined {
    return this.mails.get(messageId);
  }

  /** Newest first. */
  list(): Mail[] {
    return [...this.mails.values()].reverse();
  }

  suppress(email: string, reason: Suppression): void {
    this.suppressions.set(email.toLowerCase(), reason);
  }

  liftSuppression(email: string): void {
    this.suppressions.delete(email.toLowerCase());
  }

  suppressionOf(email: string): Suppression | undefined {
    return this.suppressions.get(email.toLowerCase());
  }

  clear(): void {
    this.mails.clear();
    this.suppressions.clear();
  }
}

/** What Twilio tells of a message that we sent. */
export interface SmsStatus {
  readonly messageSid: string;
  /** Twilio's word, such as `delivered`. */
  readonly messageStatus: string;
  readonly errorCode: string | null;
  /** Who it went to. */
  readonly to: string;
  /** Our outbox item, as the signed URL names it; null when it names none. */
  readonly outboxId: string | null;
}

/** One accepted mail to one address. */
export interface Recipient {
  readonly email: string;
  readonly sgMessageId: string;
  readonly smtpId: string;
  /** Of the mail and of its personalization. */
  readonly customArgs: Readonly<Record<string, string>>;
  /** The last event's name; `accepted` before the first. */
  status: string;
}

/** One accepted request. */
export interface Mail {
  /** The x-message-id of the answer. */
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly categories: readonly string[];
  readonly acceptedAt: Date;
  readonly recipients: readonly Recipient[];
}

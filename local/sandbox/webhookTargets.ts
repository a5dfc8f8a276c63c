/** Where each provider's callbacks go: full URLs. Read at each delivery, so that it may be filled in later. */
export interface WebhookTargets {
  stripe?: string;
  /** Replies to our number. */
  twilioReply?: string;
  /** Message statuses: without a query, each message's own is added. */
  twilioStatus?: string;
  sendgrid?: string;
}

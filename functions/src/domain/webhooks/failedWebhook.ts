import * as z from 'zod';

/** What has to be known of a failed delivery besides its bytes: for Twilio, which webhook it was, and what the URL said. */
export const webhookContextSchema = z.object({
  webhook: z.enum(['sms_reply', 'sms_status']),
  /** The outbox item that the signed URL names. */
  outboxId: z.string().nullable(),
});

export type WebhookContext = z.infer<typeof webhookContextSchema>;

/** `failed_webhooks/{source_eventId}`: an event that was verified but not applied. Its bytes are in `private/`. */
export const failedWebhookSchema = z.object({
  source: z.enum(['stripe', 'sendgrid', 'twilio', 'clerk']),
  eventId: z.string(),
  eventType: z.string(),
  status: z.enum(['pending_retry', 'retrying', 'dead_letter', 'resolved', 'discarded']),
  attempts: z.int(),
  nextRetryAt: z.date().nullish(),
  leaseUntil: z.date().nullish(),
  /** Who holds the lease; a runner that lost it changes nothing. */
  leaseOwner: z.string().nullish(),
  context: webhookContextSchema.nullish(),
});

export type FailedWebhook = z.infer<typeof failedWebhookSchema>;

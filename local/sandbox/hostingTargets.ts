import { type WebhookTargets } from './webhookTargets';

/** Where every provider's callbacks go on a whole stack: the paths that firebase.json hands to the functions. */
export function hostingTargets(hostingOrigin: string): WebhookTargets {
  return {
    stripe: `${hostingOrigin}/api/webhook/stripe`,
    twilioReply: `${hostingOrigin}/api/webhooks/twilio/sms-reply`,
    twilioStatus: `${hostingOrigin}/api/webhooks/twilio/sms-status`,
    sendgrid: `${hostingOrigin}/api/webhook/sendgrid`,
  };
}

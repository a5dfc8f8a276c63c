import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { signedByClerk } from '../../support/clerkPost';
import { localSecret, localSetting } from '../../support/sandboxSettings';
import { signedBySendgrid } from '../../support/sendgridPost';
import { signatureOf } from '../../support/webhookHarness';
import { type Deed } from './deed';

export interface WebhookRequest {
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PATHS = {
  stripeWebhook: '/api/webhook/stripe',
  twilioSmsReply: '/api/webhooks/twilio/sms-reply',
  twilioSmsStatus: '/api/webhooks/twilio/sms-status',
  sendgridEvents: '/api/webhook/sendgrid',
  clerkWebhook: '/api/webhook/clerk',
} as const;

/** A delivery as its provider posts it, signed now. */
export function webhookRequest({
  to,
  body,
  query = '',
  eventId = '',
}: Extract<Deed, { do: 'deliver' }>): WebhookRequest {
  const url = PATHS[to] + query;
  switch (to) {
    case 'stripeWebhook':
      return {
        url,
        body,
        headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(body) },
      };
    case 'sendgridEvents':
      return { url, body, headers: signedBySendgrid(body) };
    case 'clerkWebhook':
      return { url, body, headers: signedByClerk(body, eventId) };
    case 'twilioSmsReply':
    case 'twilioSmsStatus': {
      const fields = Object.fromEntries(new URLSearchParams(body));
      const signature = getExpectedTwilioSignature(
        localSecret('TWILIO_AUTH_TOKEN'),
        localSetting('PUBLIC_BASE_URL') + url,
        fields,
      );
      return {
        url,
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'x-twilio-signature': signature,
        },
      };
    }
  }
}

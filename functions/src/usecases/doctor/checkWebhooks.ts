import { createStripeClient } from '../../providers/stripe/createStripeClient';
import { listWebhookEndpoints } from '../../providers/stripe/listWebhookEndpoints';
import { eventWebhooks } from '../../providers/sendgrid/eventWebhooks';
import { createTwilioClient } from '../../providers/twilio/createTwilioClient';
import { numberSettings } from '../../providers/twilio/numberSettings';
import { type CheckName, type Finding, wrong } from './finding';
import { type Patient } from './patient';

/** What `stripeWebhook` handles; without one of them something is never heard of. */
export const STRIPE_EVENTS = [
  'account.updated',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.refunded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.updated',
  'invoice.paid',
  'invoice.payment_failed',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'refund.created',
  'refund.failed',
  'refund.updated',
] as const;

/** What `sendgridEvents` handles. */
const SENDGRID_EVENTS = [
  'bounce',
  'deferred',
  'delivered',
  'dropped',
  'group_unsubscribe',
  'spam_report',
  'unsubscribe',
] as const;

/** The providers: do they send what happens to us, to where we listen, and signed? */
export async function checkWebhooks(patient: Patient): Promise<Finding[]> {
  const base = patient.settings['PUBLIC_BASE_URL'] ?? '';
  const findings = await Promise.all([
    asked('stripe_webhook', 'Stripe', () => stripe(patient, `${base}/api/webhook/stripe`)),
    asked('twilio_webhook', 'Twilio', () => twilio(patient, `${base}/api/webhooks/twilio/sms-reply`)),
    asked('sendgrid_webhook', 'SendGrid', () => sendgrid(patient, `${base}/api/webhook/sendgrid`)),
  ]);
  return findings.flat();
}

/** A provider that does not answer, or takes no key of ours, is said, and holds up nothing else. */
async function asked(check: CheckName, name: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  return look().catch(() => [
    {
      check,
      severity: 'unknown' as const,
      what: `${name} could not be asked.`,
      fix: `See that the keys of ${name} are set and may read its webhook settings, then ask again.`,
    },
  ]);
}

async function stripe(patient: Patient, url: string): Promise<Finding[]> {
  const client = await createStripeClient(await key(patient, 'STRIPE_SECRET_KEY'), patient.sandboxOrigin);
  const ours = (await listWebhookEndpoints(client)).filter((endpoint) => endpoint.url === url);
  const enabled = ours.filter(({ status }) => status === 'enabled');
  if (enabled.length === 0) {
    const what = ours.length === 0 ? 'Stripe sends no events to' : 'Stripe has disabled the endpoint';
    const fix = `In Stripe's dashboard, add or enable a webhook endpoint with this URL, for this and for connected accounts.`;
    return [wrong('stripe_webhook', `${what} ${url}.`, fix)];
  }
  const sent = new Set(enabled.flatMap((endpoint) => endpoint.enabled_events));
  const missing = sent.has('*') ? [] : STRIPE_EVENTS.filter((event) => !sent.has(event));
  if (missing.length === 0) return [];
  return [
    wrong(
      'stripe_webhook',
      `Stripe does not send ${missing.join(', ')}.`,
      `In Stripe's dashboard, add them to the endpoint ${url}.`,
    ),
  ];
}

async function twilio(patient: Patient, url: string): Promise<Finding[]> {
  const [token = ''] = (await key(patient, 'TWILIO_AUTH_TOKEN')).split(',');
  const sid = await key(patient, 'TWILIO_ACCOUNT_SID');
  const client = createTwilioClient(sid, token.trim(), patient.sandboxOrigin);
  const number = await numberSettings(client, patient.settings['TWILIO_FROM'] ?? '');
  const fix = `In Twilio's console, let the number TWILIO_FROM send incoming messages to ${url} by POST.`;
  if (number === null)
    return [
      wrong(
        'twilio_webhook',
        'The Twilio account does not have the number TWILIO_FROM.',
        'Set TWILIO_FROM in functions/.env.<project id> to a number of this account, or TWILIO_ACCOUNT_SID to the account that has it, and deploy.',
      ),
    ];
  if (number.smsApplicationSid !== '')
    return [
      wrong(
        'twilio_webhook',
        'The number hands incoming messages to an application.',
        `${fix} Take the application away from it.`,
      ),
    ];
  if (number.smsUrl !== url || number.smsMethod !== 'POST')
    return [wrong('twilio_webhook', 'Answers to our text messages, STOP too, go elsewhere.', fix)];
  return [];
}

async function sendgrid(patient: Patient, url: string): Promise<Finding[]> {
  const all = await eventWebhooks(await key(patient, 'SENDGRID_API_KEY'), patient.sandboxOrigin);
  const webhook = all.find((one) => one.url === url && one.enabled) ?? all.find((one) => one.url === url);
  const say = (what: string, fix: string): Finding[] => [wrong('sendgrid_webhook', what, fix)];
  const where = `In SendGrid's settings, Mail Settings, Event Webhooks`;
  if (webhook === undefined) return say(`SendGrid sends no events to ${url}.`, `${where}: add this URL.`);
  if (!webhook.enabled) return say('SendGrid’s event webhook is switched off.', `${where}: enable it.`);
  const known = (await key(patient, 'SENDGRID_WEBHOOK_PUBLIC_KEY')).split(',').map((one) => one.trim());
  if (webhook.public_key == null || webhook.public_key === '')
    return say('SendGrid does not sign its events.', `${where}: enable the signature.`);
  if (!known.includes(webhook.public_key))
    return say(
      'SendGrid signs its events with a key that is not in SENDGRID_WEBHOOK_PUBLIC_KEY.',
      'firebase functions:secrets:set SENDGRID_WEBHOOK_PUBLIC_KEY with the key shown there, then deploy.',
    );
  const missing = SENDGRID_EVENTS.filter((event) => webhook[event] !== true);
  return missing.length === 0
    ? []
    : say(`SendGrid does not send ${missing.join(', ')}.`, `${where}: switch them on.`);
}

async function key(patient: Patient, name: string): Promise<string> {
  const value = await patient.secret(name);
  if (value === null || value === '') throw new Error(`${name} is not set`);
  return value;
}

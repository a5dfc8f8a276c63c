import { type CheckName } from '../../functions/src/usecases/doctor/finding';
import { type Patient } from '../../functions/src/usecases/doctor/patient';
import { type DoctorWorld, LOCAL } from './doctorWorld';

/** Kind of misconfiguration, what is planted, a word of what is to be said of it, and of what is to be done. */
type DoctorFault = readonly [
  check: CheckName,
  when: string,
  plant: (world: DoctorWorld) => Partial<Patient> | Promise<Partial<Patient>>,
  says: RegExp,
  fix: RegExp,
];

const withSecret = (name: string, value: string | null): Partial<Patient> => ({
  secret: (asked) => Promise.resolve(asked === name ? value : (LOCAL[asked] ?? null)),
});

/** What the doctor has to find: settings and secrets, the project as Google tells of it, the providers' own sides, documents. */
export const doctorFaults: readonly DoctorFault[] = [
  [
    'configuration',
    'a setting is missing',
    () => ({ settings: { ...LOCAL, EMAIL_FROM: undefined } }),
    /EMAIL_FROM is not set/,
    /Set EMAIL_FROM in functions\/\.env\..*, and deploy/,
  ],
  [
    'configuration',
    'the name of the sender is blank',
    () => ({ settings: { ...LOCAL, EMAIL_FROM_NAME: ' ' } }),
    /EMAIL_FROM_NAME is not a name/,
    /Set EMAIL_FROM_NAME in functions\/\.env\..*, and deploy/,
  ],
  [
    'secret_missing',
    'a secret is not set',
    () => withSecret('LINK_SIGNING_KEY', null),
    /LINK_SIGNING_KEY is not set/,
    /^firebase functions:secrets:set LINK_SIGNING_KEY, then deploy/,
  ],
  [
    'secret_malformed',
    'a secret is too short',
    () => withSecret('ADDRESS_HASH_KEY', 'short'),
    /ADDRESS_HASH_KEY must/,
    /^firebase functions:secrets:set ADDRESS_HASH_KEY /,
  ],
  [
    'secret_malformed',
    'one of two webhook secrets is empty',
    () => withSecret('STRIPE_WEBHOOK_SECRET', 'whsec_one,'),
    /STRIPE_WEBHOOK_SECRET must/,
    /^firebase functions:secrets:set STRIPE_WEBHOOK_SECRET /,
  ],
  [
    'indexes',
    'an index is missing',
    (world) => {
      world.google().indexes.splice(2, 1);
      return {};
    },
    /There is no index/,
    /^firebase deploy --only firestore:indexes$/,
  ],
  [
    'indexes',
    'an index is being built',
    (world) => {
      const [first] = world.google().indexes;
      if (first !== undefined) first.state = 'CREATING';
      return {};
    },
    /is CREATING/,
    /^Wait until it is READY/,
  ],
  [
    'rules',
    'the rules are other ones',
    (world) => {
      world.google().rules = 'allow read;';
      return {};
    },
    /are not those/,
    /^firebase deploy --only firestore:rules$/,
  ],
  [
    'rules',
    'there are no rules',
    (world) => {
      world.google().rules = null;
      return {};
    },
    /were ever deployed/,
    /^firebase deploy --only firestore:rules$/,
  ],
  [
    'stripe_webhook',
    'the URL is another',
    (world) => world.stripeEndpoint({ url: 'https://old.example/hook' }),
    /sends no events/,
    /Stripe's dashboard, add or enable a webhook endpoint/,
  ],
  [
    'stripe_webhook',
    'the endpoint is disabled',
    (world) => world.stripeEndpoint({ status: 'disabled' }),
    /has disabled/,
    /Stripe's dashboard, add or enable a webhook endpoint/,
  ],
  [
    'stripe_webhook',
    'events are missing',
    (world) => world.stripeEndpoint({ enabled_events: ['payment_intent.succeeded'] }),
    /does not send .*refund\.updated/,
    /Stripe's dashboard, add them to the endpoint https:.*stripe\.$/,
  ],
  [
    'twilio_webhook',
    'answers go elsewhere',
    (world) => world.sandbox('twilio/number', { smsUrl: 'https://demo.twilio.com/welcome' }),
    /go elsewhere/,
    /Twilio's console, let the number .* send incoming messages to https:.*sms-reply by POST/,
  ],
  [
    'twilio_webhook',
    'the number is gone',
    (world) => world.sandbox('twilio/number', { phoneNumber: null }),
    /does not have/,
    /^Set TWILIO_FROM in functions\/\.env\..* to a number of this account/,
  ],
  [
    'twilio_webhook',
    'an application gets the answers',
    (world) => world.sandbox('twilio/number', { smsApplicationSid: `AP${'0'.repeat(32)}` }),
    /to an application/,
    /by POST\. Take the application away/,
  ],
  [
    'sendgrid_webhook',
    'there is none',
    (world) => world.sandbox('sendgrid/webhooks', []),
    /sends no events/,
    /Event Webhooks: add this URL/,
  ],
  [
    'sendgrid_webhook',
    'events are not signed',
    (world) => world.sendgridWebhook({ public_key: '' }),
    /does not sign/,
    /Event Webhooks: enable the signature/,
  ],
  [
    'sendgrid_webhook',
    'it is switched off',
    (world) => world.sendgridWebhook({ enabled: false }),
    /switched off/,
    /Event Webhooks: enable it/,
  ],
  [
    'sendgrid_webhook',
    'bounces are not sent',
    (world) => world.sendgridWebhook({ bounce: false }),
    /does not send bounce/,
    /Event Webhooks: switch them on/,
  ],
  [
    'bank_rate',
    'the half-year has none',
    () => ({ now: new Date('2027-02-01T12:00:00Z') }),
    /2026-12-31 is missing/,
    /^Add \{"rates": \{"2026-12-31": .*system_config\/bank_rates/,
  ],
  [
    'bank_rate',
    'the table does not fit',
    (world) => world.stored('system_config/bank_rates', { rates: { today: 4 } }),
    /does not fit/,
    /^Add \{"rates": .*system_config\/bank_rates/,
  ],
  [
    'plan_prices',
    'a plan has a price that Stripe does not know',
    (world) =>
      world.stored('system_config/plans', { pro: { prices: { year: { id: 'price_typing_error' } } } }),
    /price_typing_error, is not there/,
    /Stripe prices into system_config\/plans/,
  ],
  [
    'plan_prices',
    'a plan costs another sum than Stripe charges',
    (world) => world.stored('system_config/plans', { growth: { prices: { month: { amount: 4_900 } } } }),
    /is another one at Stripe/,
    /Stripe prices into system_config\/plans/,
  ],
  [
    'lease_store',
    'a lease does not fit',
    (world) => world.stored('cron_leases/retry-webhooks', { owner: null, token: 'three' }),
    /retry-webhooks does not fit/,
    /^Mend cron_leases\/retry-webhooks .*keeping its token/,
  ],
  [
    'jobs',
    'a job has stopped',
    async (world) => {
      const old = new Date(Date.now() - 3_600_000);
      await world.stored('cron_leases/dispatch-outbox', {
        owner: null,
        token: 3,
        acquiredAt: old,
        expiresAt: old,
      });
      return { isReal: true };
    },
    /dispatch-outbox has not run for 60 minutes/,
    /Cloud Scheduler has the job.*npm run ops -- leases list/,
  ],
  [
    'jobs',
    'a job has never run',
    async (world) => {
      await world.harness.db.doc('cron_leases/close-accounts').delete();
      return { isReal: true };
    },
    /close-accounts has never run/,
    /Cloud Scheduler has the job/,
  ],
];

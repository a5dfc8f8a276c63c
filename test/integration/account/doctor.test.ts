import { generateKeyPairSync } from 'node:crypto';
import { JOB_PERIODS } from '../../../functions/src/domain/queues/jobPeriods';
import { examine } from '../../../functions/src/usecases/doctor/examine';
import { type CheckName, checkNames } from '../../../functions/src/usecases/doctor/finding';
import { type Patient } from '../../../functions/src/usecases/doctor/patient';
import { JOBS } from '../../../local/jobs/jobs';
import { closedPort } from '../../support/closedPort';
import { type DoctorWorld, LOCAL, startDoctorWorld } from '../../support/doctorWorld';
import { everyDocument } from '../../support/moneyState';

describe('the doctor', () => {
  let world: DoctorWorld;
  beforeAll(async () => {
    world = await startDoctorWorld();
  });
  beforeEach(() => world.heal());
  afterAll(() => world.stop());

  const withSecret = (name: string, value: string | null): Partial<Patient> => ({
    secret: (asked) => Promise.resolve(asked === name ? value : (LOCAL[asked] ?? null)),
  });

  it('finds nothing in a healthy stack, and changes nothing', async () => {
    const before = await everyDocument(world.harness.db);
    expect(await examine(world.healthy())).toEqual([]);
    expect(await everyDocument(world.harness.db)).toEqual(before);
  });

  it('says of a job that stands still on the local stack, where nobody ticks, only how to run it', async () => {
    await world.harness.db.doc('cron_leases/close-accounts').delete();
    const old = new Date(Date.now() - 24 * 3_600_000);
    await world.stored('cron_leases/maintain-queues', {
      owner: null,
      token: 3,
      acquiredAt: old,
      expiresAt: old,
    });
    expect(await examine(world.healthy())).toEqual([
      {
        check: 'jobs',
        severity: 'warning',
        what: 'maintain-queues has not run for 1440 minutes.',
        fix: 'Nobody ticks here: npm run job -- maintain-queues',
      },
    ]);
  });

  it('knows how often each job runs', () => {
    expect(Object.keys(JOB_PERIODS).sort()).toEqual(Object.keys(JOBS).sort());
  });

  type Plant = () => Partial<Patient> | Promise<Partial<Patient>>;
  /** Kind of misconfiguration, what is planted, a word of what is to be said of it. */
  const PLANTED: readonly (readonly [CheckName, string, Plant, RegExp])[] = [
    [
      'configuration',
      'a setting is missing',
      () => ({ settings: { ...LOCAL, EMAIL_FROM: undefined } }),
      /EMAIL_FROM is not set/,
    ],
    [
      'configuration',
      'the sender is no number',
      () => ({ settings: { ...LOCAL, EMAIL_FROM_NAME: ' ' } }),
      /EMAIL_FROM_NAME is not a name/,
    ],
    [
      'secret_missing',
      'a secret is not set',
      () => withSecret('LINK_SIGNING_KEY', null),
      /LINK_SIGNING_KEY is not set/,
    ],
    [
      'secret_malformed',
      'a secret is too short',
      () => withSecret('ADDRESS_HASH_KEY', 'short'),
      /ADDRESS_HASH_KEY must/,
    ],
    [
      'secret_malformed',
      'one of two webhook secrets is empty',
      () => withSecret('STRIPE_WEBHOOK_SECRET', 'whsec_one,'),
      /STRIPE_WEBHOOK_SECRET must/,
    ],
    [
      'indexes',
      'an index is missing',
      () => {
        world.google().indexes.splice(2, 1);
        return {};
      },
      /There is no index/,
    ],
    [
      'indexes',
      'an index is being built',
      () => {
        const [first] = world.google().indexes;
        if (first !== undefined) first.state = 'CREATING';
        return {};
      },
      /is CREATING/,
    ],
    [
      'rules',
      'the rules are other ones',
      () => {
        world.google().rules = 'allow read;';
        return {};
      },
      /are not those/,
    ],
    [
      'rules',
      'there are no rules',
      () => {
        world.google().rules = null;
        return {};
      },
      /were ever deployed/,
    ],
    [
      'stripe_webhook',
      'the URL is another',
      () => world.stripeEndpoint({ url: 'https://old.example/hook' }),
      /sends no events/,
    ],
    [
      'stripe_webhook',
      'the endpoint is disabled',
      () => world.stripeEndpoint({ status: 'disabled' }),
      /has disabled/,
    ],
    [
      'stripe_webhook',
      'events are missing',
      () => world.stripeEndpoint({ enabled_events: ['payment_intent.succeeded'] }),
      /does not send .*refund\.updated/,
    ],
    [
      'twilio_webhook',
      'answers go elsewhere',
      () => world.sandbox('twilio/number', { smsUrl: 'https://demo.twilio.com/welcome' }),
      /go elsewhere/,
    ],
    [
      'twilio_webhook',
      'the number is gone',
      () => world.sandbox('twilio/number', { phoneNumber: null }),
      /does not have/,
    ],
    ['sendgrid_webhook', 'there is none', () => world.sandbox('sendgrid/webhooks', []), /sends no events/],
    [
      'sendgrid_webhook',
      'events are not signed',
      () => world.sendgridWebhook({ public_key: '' }),
      /does not sign/,
    ],
    [
      'sendgrid_webhook',
      'it is switched off',
      () => world.sendgridWebhook({ enabled: false }),
      /switched off/,
    ],
    [
      'sendgrid_webhook',
      'bounces are not sent',
      () => world.sendgridWebhook({ bounce: false }),
      /does not send bounce/,
    ],
    [
      'bank_rate',
      'the half-year has none',
      () => ({ now: new Date('2027-02-01T12:00:00Z') }),
      /2026-12-31 is missing/,
    ],
    [
      'bank_rate',
      'the table does not fit',
      () => world.stored('system_config/bank_rates', { rates: { today: 4 } }),
      /does not fit/,
    ],
    [
      'plan_prices',
      'a plan has a price that Stripe does not know',
      () => world.stored('system_config/plans', { pro: { prices: { year: { id: 'price_typing_error' } } } }),
      /price_typing_error, is not there/,
    ],
    [
      'plan_prices',
      'a plan costs another sum than Stripe charges',
      () => world.stored('system_config/plans', { growth: { prices: { month: { amount: 4_900 } } } }),
      /is another one at Stripe/,
    ],
    [
      'lease_store',
      'a lease does not fit',
      () => world.stored('cron_leases/retry-webhooks', { owner: null, token: 'three' }),
      /retry-webhooks does not fit/,
    ],
    [
      'jobs',
      'a job has stopped',
      async () => {
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
    ],
    [
      'jobs',
      'a job has never run',
      async () => {
        await world.harness.db.doc('cron_leases/close-accounts').delete();
        return { isReal: true };
      },
      /close-accounts has never run/,
    ],
  ];

  it.each(PLANTED)('finds %s when %s', async (check, _what, plant, says) => {
    const changes = await plant();
    const all = await examine({ ...world.healthy(), ...changes });
    // In a real project the local stack's own values are found as well.
    const findings = changes.isReal === true ? all.filter((finding) => finding.check === check) : all;
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.what).toMatch(says);
    expect(findings[0]).toMatchObject({ severity: 'error', fix: expect.stringMatching(/.{20}/) as string });
  });

  it('finds the local stack’s secrets and addresses in a real project, and says none of their values', async () => {
    const findings = await examine({ ...world.healthy(), isReal: true });
    const ofKind = (check: CheckName) => findings.filter((finding) => finding.check === check).length;
    expect([ofKind('secret_sample'), ofKind('configuration'), ofKind('plan_prices')]).toEqual([9, 4, 1]);
    const text = JSON.stringify(findings);
    for (const [name, value] of Object.entries(LOCAL))
      if (value.length > 12 && !name.startsWith('PUBLIC')) expect(text).not.toContain(value);
    // With secrets of its own there is nothing to say of them.
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    const own: Record<string, string> = {
      STRIPE_SECRET_KEY: 'sk_live_own',
      STRIPE_WEBHOOK_SECRET: 'whsec_own',
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: '2'.repeat(32),
      SENDGRID_API_KEY: 'SG.own.key',
      SENDGRID_WEBHOOK_PUBLIC_KEY: key.export({ format: 'der', type: 'spki' }).toString('base64'),
      CLERK_WEBHOOK_SECRET: 'whsec_b3du',
      ADDRESS_HASH_KEY: '3'.repeat(32),
      LINK_SIGNING_KEY: '4'.repeat(32),
    };
    const better = await examine({
      ...world.healthy(),
      isReal: true,
      secret: (name) => Promise.resolve(own[name] ?? null),
    });
    expect(better.filter(({ check }) => check.startsWith('secret'))).toEqual([]);
  });

  it('says what it could not look at, and looks at the rest', async () => {
    world.google().refuses = true;
    const findings = await examine({
      ...world.healthy(),
      sandboxOrigin: `http://${await closedPort()}`,
      secret: (name) =>
        name === 'CLERK_WEBHOOK_SECRET'
          ? Promise.reject(new Error('403'))
          : Promise.resolve(LOCAL[name] ?? null),
    });
    expect(findings.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
      'secret_missing unknown',
      'indexes unknown',
      'rules unknown',
      'stripe_webhook unknown',
      'twilio_webhook unknown',
      'sendgrid_webhook unknown',
      'plan_prices unknown',
    ]);
  });

  it('has a planted fault for each kind of misconfiguration', () => {
    const planted = new Set<string>([...PLANTED.map(([check]) => check), 'secret_sample']);
    expect(checkNames.filter((name) => !planted.has(name))).toEqual([]);
    expect(planted.size).toBeGreaterThanOrEqual(12);
  });
});

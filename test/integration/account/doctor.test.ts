import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { JOB_PERIODS } from '../../../functions/src/domain/queues/jobPeriods';
import { ProjectApi } from '../../../functions/src/providers/google/projectApi';
import { examine } from '../../../functions/src/usecases/doctor/examine';
import { type CheckName, checkNames } from '../../../functions/src/usecases/doctor/finding';
import { type Patient } from '../../../functions/src/usecases/doctor/patient';
import { JOBS } from '../../../local/jobs/jobs';
import { readFunctionsEnvironment } from '../../../local/stack/readFunctionsEnvironment';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { closedPort } from '../../support/closedPort';
import { openFunctionsFirestore } from '../../support/functionsFirestore';
import { control } from '../../support/sandboxControl';
import { everyDocument } from '../../support/moneyState';
import { type Harness, startHarness } from '../../support/webhookHarness';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const INDEXES = read('firestore.indexes.json');
const RULES = read('firestore.rules');
const LOCAL = readFunctionsEnvironment();
const PROJECT = 'a-real-project';

interface FileIndex {
  collectionGroup: string;
  queryScope: string;
  fields: object[];
}

/** What Google's APIs say of a project that has just been deployed to. */
class Google {
  indexes = (JSON.parse(INDEXES) as { indexes: FileIndex[] }).indexes.map((index, n) => ({
    name: `projects/${PROJECT}/databases/(default)/collectionGroups/${index.collectionGroup}/indexes/${n}`,
    queryScope: index.queryScope,
    state: 'READY',
    fields: [...index.fields, { fieldPath: '__name__', order: 'ASCENDING' }],
  }));
  rules: string | null = `${RULES}\n`;
  refuses = false;

  answer(path: string): unknown {
    if (this.refuses) return undefined;
    if (path.includes('/collectionGroups/-/indexes')) return { indexes: this.indexes };
    if (path.endsWith('/releases/cloud.firestore'))
      return this.rules === null ? null : { rulesetName: `projects/${PROJECT}/rulesets/1` };
    if (path.endsWith('/rulesets/1')) return { source: { files: [{ name: 'r', content: this.rules }] } };
    return null;
  }
}

describe('the doctor', () => {
  let harness: Harness;
  let server: Server;
  let google: Google;
  let firestore: ReturnType<typeof openFunctionsFirestore>;
  let origin: string;
  beforeAll(async () => {
    harness = await startHarness({}, 'health');
    firestore = openFunctionsFirestore(harness.projectId);
    server = createServer((request, response) => {
      const body = google.answer((request.url ?? '').split('?')[0] ?? '');
      response
        .writeHead(body === undefined ? 403 : body === null ? 404 : 200)
        .end(JSON.stringify(body ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await firestore.close();
    await harness.stop();
  });
  beforeEach(async () => {
    google = new Google();
    const now = new Date();
    for (const jobName of Object.keys(JOB_PERIODS))
      await harness.db
        .doc(`cron_leases/${jobName}`)
        .set({ owner: null, token: 3, acquiredAt: now, heartbeatAt: now, expiresAt: now });
    await harness.db.doc('system_config/plans').delete();
    await harness.db.doc('system_config/bank_rates').delete();
    await control(harness.sandbox, 'POST', 'reset', {});
  });

  /** A deployment in which all is well: the local stack's values, and a project that has what the files say. */
  function healthy(): Patient {
    return {
      isReal: false,
      db: firestore.db,
      now: new Date('2026-11-30T12:00:00Z'),
      settings: LOCAL,
      secret: (name) => Promise.resolve(LOCAL[name] ?? null),
      samples: LOCAL,
      sandboxOrigin: harness.sandbox.origin,
      project: new ProjectApi(PROJECT, () => Promise.resolve('a-token'), {
        firestore: origin,
        rules: origin,
        secrets: origin,
      }),
      indexFile: INDEXES,
      rulesFile: RULES,
    };
  }
  const withSecret = (name: string, value: string | null): Partial<Patient> => ({
    secret: (asked) => Promise.resolve(asked === name ? value : (LOCAL[asked] ?? null)),
  });

  it('finds nothing in a healthy stack, and changes nothing', async () => {
    const before = await everyDocument(harness.db);
    expect(await examine(healthy())).toEqual([]);
    expect(await everyDocument(harness.db)).toEqual(before);
  });

  it('knows how often each job runs', () => {
    expect(Object.keys(JOB_PERIODS).sort()).toEqual(Object.keys(JOBS).sort());
  });

  type Plant = () => Partial<Patient> | Promise<Partial<Patient>>;
  const sandbox = async (method: 'PUT', path: string, body: object): Promise<Partial<Patient>> => {
    await control(harness.sandbox, method, path, body);
    return {};
  };
  const stripeEndpoint = (fields: object): Promise<Partial<Patient>> =>
    sandbox('PUT', 'stripe/objects/we_recoup_local', {
      id: 'we_recoup_local',
      object: 'webhook_endpoint',
      enabled_events: ['*'],
      status: 'enabled',
      url: 'https://app.recoup.example/api/webhook/stripe',
      ...fields,
    });
  const sendgridWebhook = async (fields: object): Promise<Partial<Patient>> => {
    const response = await fetch(`${harness.sandbox.origin}/_sandbox/sendgrid/webhooks`);
    const [webhook = {}] = (await response.json()) as object[];
    return sandbox('PUT', 'sendgrid/webhooks', [{ ...webhook, ...fields }]);
  };
  const stored = async (path: string, data: object): Promise<Partial<Patient>> => {
    await harness.db.doc(path).set(data);
    return {};
  };

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
        google.indexes.splice(2, 1);
        return {};
      },
      /There is no index/,
    ],
    [
      'indexes',
      'an index is being built',
      () => {
        const [first] = google.indexes;
        if (first !== undefined) first.state = 'CREATING';
        return {};
      },
      /is CREATING/,
    ],
    [
      'rules',
      'the rules are other ones',
      () => {
        google.rules = 'allow read;';
        return {};
      },
      /are not those/,
    ],
    [
      'rules',
      'there are no rules',
      () => {
        google.rules = null;
        return {};
      },
      /were ever deployed/,
    ],
    [
      'stripe_webhook',
      'the URL is another',
      () => stripeEndpoint({ url: 'https://old.example/hook' }),
      /sends no events/,
    ],
    [
      'stripe_webhook',
      'the endpoint is disabled',
      () => stripeEndpoint({ status: 'disabled' }),
      /has disabled/,
    ],
    [
      'stripe_webhook',
      'events are missing',
      () => stripeEndpoint({ enabled_events: ['payment_intent.succeeded'] }),
      /does not send .*refund\.updated/,
    ],
    [
      'twilio_webhook',
      'answers go elsewhere',
      () => sandbox('PUT', 'twilio/number', { smsUrl: 'https://demo.twilio.com/welcome' }),
      /go elsewhere/,
    ],
    [
      'twilio_webhook',
      'the number is gone',
      () => sandbox('PUT', 'twilio/number', { phoneNumber: null }),
      /does not have/,
    ],
    ['sendgrid_webhook', 'there is none', () => sandbox('PUT', 'sendgrid/webhooks', []), /sends no events/],
    ['sendgrid_webhook', 'events are not signed', () => sendgridWebhook({ public_key: '' }), /does not sign/],
    ['sendgrid_webhook', 'it is switched off', () => sendgridWebhook({ enabled: false }), /switched off/],
    [
      'sendgrid_webhook',
      'bounces are not sent',
      () => sendgridWebhook({ bounce: false }),
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
      () => stored('system_config/bank_rates', { rates: { today: 4 } }),
      /does not fit/,
    ],
    [
      'plan_prices',
      'a plan has a price that Stripe does not know',
      () => stored('system_config/plans', { pro: { prices: { year: { id: 'price_typing_error' } } } }),
      /price_typing_error, is not there/,
    ],
    [
      'plan_prices',
      'a plan costs another sum than Stripe charges',
      () => stored('system_config/plans', { growth: { prices: { month: { amount: 4_900 } } } }),
      /is another one at Stripe/,
    ],
    [
      'lease_store',
      'a lease does not fit',
      () => stored('cron_leases/retry-webhooks', { owner: null, token: 'three' }),
      /retry-webhooks does not fit/,
    ],
    [
      'jobs',
      'a job has stopped',
      () =>
        stored('cron_leases/dispatch-outbox', {
          owner: null,
          token: 3,
          acquiredAt: new Date(Date.now() - 3_600_000),
          expiresAt: new Date(Date.now() - 3_600_000),
        }),
      /dispatch-outbox has not run for 60 minutes/,
    ],
    [
      'jobs',
      'a job has never run',
      async () => {
        await harness.db.doc('cron_leases/close-accounts').delete();
        return {};
      },
      /close-accounts has never run/,
    ],
  ];

  it.each(PLANTED)('finds %s when %s', async (check, _what, plant, says) => {
    const changes = await plant();
    const findings = await examine({ ...healthy(), ...changes });
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.what).toMatch(says);
    expect(findings[0]).toMatchObject({ severity: 'error', fix: expect.stringMatching(/.{20}/) as string });
  });

  it('finds the local stack’s secrets and addresses in a real project, and says none of their values', async () => {
    const findings = await examine({ ...healthy(), isReal: true });
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
      ...healthy(),
      isReal: true,
      secret: (name) => Promise.resolve(own[name] ?? null),
    });
    expect(better.filter(({ check }) => check.startsWith('secret'))).toEqual([]);
  });

  it('says what it could not look at, and looks at the rest', async () => {
    google.refuses = true;
    const findings = await examine({
      ...healthy(),
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

import { generateKeyPairSync } from 'node:crypto';
import { JOB_PERIODS } from '../../../functions/src/domain/queues/jobPeriods';
import { examine } from '../../../functions/src/usecases/doctor/examine';
import { type CheckName, checkNames } from '../../../functions/src/usecases/doctor/finding';
import { JOBS } from '../../../local/jobs/jobs';
import { closedPort } from '../../support/closedPort';
import { doctorFaults } from '../../support/doctorFaults';
import { type DoctorWorld, LOCAL, startDoctorWorld } from '../../support/doctorWorld';
import { everyDocument } from '../../support/moneyState';

describe('the doctor', () => {
  let world: DoctorWorld;
  beforeAll(async () => {
    world = await startDoctorWorld();
  });
  beforeEach(() => world.heal());
  afterAll(() => world.stop());

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

  it.each(doctorFaults)('finds %s when %s', async (check, _what, plant, says, mends) => {
    const changes = await plant(world);
    const all = await examine({ ...world.healthy(), ...changes });
    // In a real project the local stack's own values are found as well.
    const findings = changes.isReal === true ? all.filter((finding) => finding.check === check) : all;
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.severity).toBe('error');
    expect(findings[0]?.what).toMatch(says);
    expect(findings[0]?.fix).toMatch(mends);
  });

  it('finds the local stack’s secrets and addresses in a real project, and says none of their values', async () => {
    const findings = await examine({ ...world.healthy(), isReal: true });
    const ofKind = (check: CheckName) => findings.filter((finding) => finding.check === check).length;
    expect([ofKind('secret_sample'), ofKind('configuration'), ofKind('plan_prices')]).toEqual([9, 4, 1]);
    for (const { fix } of findings.filter(({ check }) => check === 'secret_sample'))
      expect(fix).toMatch(/^firebase functions:secrets:set \w+ with a value of your own, then deploy/);
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
    const planted = new Set<string>([...doctorFaults.map(([check]) => check), 'secret_sample']);
    expect(checkNames.filter((name) => !planted.has(name))).toEqual([]);
    expect(planted.size).toBeGreaterThanOrEqual(12);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alerts } from '../../../local/monitoring/alerts';
import { logEntries } from '../../../local/monitoring/logEntries';
import { type LogEntry, logFilter } from '../../../local/monitoring/logFilter';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { closedPort } from '../../support/closedPort';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';
import { control } from '../../support/sandboxControl';
import { failStripe } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { seedClaim } from '../../support/seedClaim';
import { seedMessage, seedWaiting } from '../../support/seedMessage';
import { seedReminder } from '../../support/seedReminder';
import { newPayment, newRefund, says } from '../../support/stripePayment';
import { deliver, post } from '../../support/webhookHarness';

/** Their faults take a minute each, and are played in storeAway.test.ts. */
const PLAYED_ELSEWHERE = ['lease-store-down', 'webhook-not-recorded'];

const ALERTS = alerts();

describe('the alert policies of monitoring/', () => {
  let harness: MessageHarness;
  let served: Record<
    'sendEmail' | 'maintainQueues' | 'checkVerificationDeadlines' | 'dispatchOutbox',
    ServedFunction
  >;
  let healthy: LogEntry[];
  let faulty: LogEntry[];

  beforeAll(async () => {
    harness = await startMessageHarness({}, { target: 'stripeWebhook' });
    const noQueue = { CLOUD_TASKS_EMULATOR_HOST: await closedPort() };
    const [sendEmail, maintainQueues, checkVerificationDeadlines, dispatchOutbox] = await Promise.all([
      harness.serve('sendEmail'),
      harness.serve('maintainQueues'),
      harness.serve('checkVerificationDeadlines'),
      harness.serve('dispatchOutbox', noQueue),
    ]);
    served = { sendEmail, maintainQueues, checkVerificationDeadlines, dispatchOutbox };
    await playHealthy();
    healthy = writtenSince([]);
    const seen = logs().map(({ length }) => length);
    await playFaults();
    faulty = writtenSince(seen);
  }, 150_000);
  afterAll(() => harness.stop());

  /** What each function has logged behind that many entries of its own. */
  const writtenSince = (seen: readonly number[]): LogEntry[] =>
    logs().flatMap((entries, n) => entries.slice(seen[n] ?? 0));
  const logs = (): LogEntry[][] =>
    [harness.webhook, ...Object.values(served)].map((one) => logEntries(one.logTail(10_000)));

  async function playHealthy(): Promise<void> {
    const [answer] = await deliver(
      harness.webhook.origin,
      says.intentPaid(newPayment(await seedInvoice(harness.db))),
    );
    expect(answer?.status).toBe(200);
    const { item } = await seedReminder(harness, 'email');
    await harness.dispatch(served.sendEmail, item.id);
    expect((await item.get()).get('status')).toBe('sent');
    await harness.run(served.maintainQueues);
    await harness.run(served.checkVerificationDeadlines);
  }

  async function playFaults(): Promise<void> {
    const { db, webhook, sandbox } = harness;
    const ago = (minutes: number): Date => new Date(harness.now().getTime() - minutes * 60_000);
    // Events: unusable, for no invoice, by nobody, and one that Stripe would have to explain.
    const unusable = says.sessionPaid(newPayment(await seedInvoice(db)));
    (unusable['data'] as { object: Record<string, unknown> }).object['amount_total'] = 'a lot';
    const unapplied = says.intentPaid(newPayment(await seedInvoice(db, { status: 'cancelled' })));
    await deliver(webhook.origin, unusable);
    await deliver(webhook.origin, unapplied);
    await post(webhook.origin, JSON.stringify(unapplied), { 'stripe-signature': 't=1,v1=00' });
    await failStripe(sandbox, { mode: 'server_error', count: 5 });
    const paid = newPayment(await seedInvoice(db));
    await deliver(webhook.origin, says.refund(paid, 'created', newRefund(500)));
    // Messages: without words, without an answer, without a Bank Rate.
    const empty = await seedWaiting(db, 'email', 'empty@client.example');
    await empty.collection('private').doc('content').delete();
    await harness.dispatch(served.sendEmail, empty.id);
    const { item } = await seedReminder(harness, 'email');
    await control(sandbox, 'POST', 'faults', {
      provider: 'sendgrid',
      mode: 'server_error',
      rate: 1,
      count: 1,
    });
    await harness.dispatch(served.sendEmail, item.id);
    await db.doc('system_config/bank_rates').set({ rates: { today: 4 } });
    const firm = await seedReminder(harness, 'email', {
      invoice: { escalationLevel: 'firm' },
      chase: { currentLevel: 'firm' },
      fields: { template: 'firm', level: 'firm', wordedLate: true },
    });
    await harness.dispatch(served.sendEmail, firm.item.id);
    // Jobs: a claim that does not fit, a queue that is away, what waits too long, and a job that does not come.
    await seedClaim(db, { verificationDeadline: ago(60), amount: 'a lot' });
    await harness.run(served.checkVerificationDeadlines);
    await seedWaiting(db, 'email', 'late@client.example', { dueAt: ago(20) });
    await expect(harness.run(served.dispatchOutbox)).rejects.toThrow();
    for (let n = 0; n < 11; n += 1)
      await seedMessage(db, 'email', `u${n}@client.example`, {
        status: 'unknown',
        dueAt: ago(1),
        leaseUntil: null,
      });
    await db.doc('cron_leases/retry-webhooks').set({
      owner: null,
      token: 2,
      acquiredAt: new Date(Date.now() - 3_600_000),
      heartbeatAt: new Date(Date.now() - 3_600_000),
      expiresAt: new Date(Date.now() - 3_600_000),
    });
    await harness.run(served.maintainQueues);
  }

  const named = (kind: string) => ALERTS.filter((alert) => alert.kind === kind);

  it.each(ALERTS.filter(({ kind, name }) => kind !== 'absence' && !PLAYED_ELSEWHERE.includes(name)))(
    '$name matches in its fault run, and not on a day on which all is well',
    ({ matches }) => {
      expect(healthy.length).toBeGreaterThan(3);
      expect(healthy.filter(matches)).toEqual([]);
      expect(faulty.filter(matches).length).toBeGreaterThan(0);
    },
  );

  it.each(named('absence'))('$name hears of the runs for which it waits', ({ matches }) => {
    expect(healthy.filter(matches)).toHaveLength(1);
    const others = healthy.filter((entry) => !JSON.stringify(entry).includes('maintain-queues'));
    expect(others.filter(matches)).toEqual([]);
  });

  it.each(PLAYED_ELSEWHERE)('%s is played where Firestore is away', (name) => {
    const suite = readFileSync(join(repositoryRoot, 'test/integration/failures/storeAway.test.ts'), 'utf8');
    expect(suite).toContain(`'${name}'`);
    const [alert] = ALERTS.filter((one) => one.name === name);
    expect(healthy.filter((entry) => alert?.matches(entry))).toEqual([]);
  });

  it('every alert that the code can log is somebody’s, and no policy waits for one that is not logged', () => {
    const names = alertNames();
    const entryOf = (alert: string) => ({ resource: { type: 'cloud_run_revision' }, jsonPayload: { alert } });
    const matching = named('match');
    expect(names.filter((name) => !matching.some(({ matches }) => matches(entryOf(name))))).toEqual([]);
    expect(
      matching.filter(({ matches }) => !names.some((name) => matches(entryOf(name)))).map(({ name }) => name),
    ).toEqual([]);
  });

  it('the filter language is read as Cloud Logging reads it', () => {
    const entry = { severity: 'ERROR', jsonPayload: { a: 'x "y"', n: 500, s: '500', counts: { late: 3 } } };
    const cases: [string, boolean][] = [
      ['jsonPayload.a="x \\"y\\""', true],
      ['jsonPayload.n>=500 AND jsonPayload.n<501', true],
      ['jsonPayload.n>500', false],
      ['jsonPayload.a>=1', false],
      ['jsonPayload.counts.late>2', true],
      ['jsonPayload.missing=("a" OR "b")', false],
      ['NOT jsonPayload.missing:*', true],
      ['severity=("ERROR" OR "CRITICAL") AND (jsonPayload.n=1 OR jsonPayload.s="500")', true],
      ['jsonPayload.n=1 AND jsonPayload.n=1 OR jsonPayload.n=500', true],
    ];
    for (const [filter, expected] of cases)
      expect([filter, logFilter(filter)(entry)]).toEqual([filter, expected]);
    for (const bad of ['a=', 'a="x" b="y"', '(a=1', 'a ~ 1']) expect(() => logFilter(bad)).toThrow();
  });
});

/** Every alert that stands in platform/log.ts, and those of the queues. */
function alertNames(): string[] {
  const text = ['platform/log.ts', 'domain/queues/queueAlerts.ts']
    .map((path) => readFileSync(join(repositoryRoot, 'functions/src', path), 'utf8'))
    .join('\n');
  return [...new Set([...text.matchAll(/alert: '(\w+)'/g)].map(([, name = '']) => name))].sort();
}

import { alerts } from '../../../local/monitoring/alerts';
import { logEntries } from '../../../local/monitoring/logEntries';
import { closedPort } from '../../support/closedPort';
import { tick } from '../../support/jobTick';
import { seedInvoice } from '../../support/seed';
import { newPayment, says, type StripeEvent } from '../../support/stripePayment';
import { type Answer, deliver, type Harness, startHarness } from '../../support/webhookHarness';

/** The function's own limit, at which the platform ends a request without a word. */
const WEBHOOK_LIMIT_MS = 60_000;

/** Firestore's client asks for most of a minute before it gives up, so all of this goes on at the same time. */
describe('when Firestore is away', () => {
  let harness: Harness;
  let event: StripeEvent;
  let answers: Answer[];
  let tookMs: number;
  let webhookLog: string;
  let jobStatus: number;
  let jobLog: string;
  beforeAll(async () => {
    harness = await startHarness();
    event = says.intentPaid(newPayment(await seedInvoice(harness.db)));
    const away = { FIRESTORE_EMULATOR_HOST: await closedPort() };
    const [webhook, job] = await Promise.all([
      harness.serve('stripeWebhook', away),
      harness.serve('retryWebhooks', away),
    ]);
    const began = performance.now();
    [answers, jobStatus] = await Promise.all([
      deliver(webhook.origin, event, 2).finally(() => {
        tookMs = performance.now() - began;
      }),
      tick(job, '2026-12-01T09:00:00Z'),
    ]);
    webhookLog = webhook.logTail(100);
    jobLog = job.logTail(100);
  }, 150_000);
  afterAll(() => harness.stop());

  it('a delivery is answered with 500, within the time that the function has', () => {
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [500, { error: 'It took too long.' }],
      [500, { error: 'It took too long.' }],
    ]);
    expect(tookMs).toBeLessThan(WEBHOOK_LIMIT_MS);
  });

  it('and wakes somebody up', () => {
    const line = webhookLog.split('\n').find((text) => text.includes('webhook_not_recorded'));
    expect(line).toMatch(new RegExp(`"severity":"CRITICAL".*${event.id}`));
  });

  it('which the alert policies do', () => {
    const entries = logEntries(`${webhookLog}\n${jobLog}`);
    for (const name of ['lease-store-down', 'webhook-not-recorded', 'webhook-5xx']) {
      const found = alerts().find((alert) => alert.name === name);
      expect([name, entries.some((entry) => found?.matches(entry))]).toEqual([name, true]);
    }
  });

  it('the next delivery does everything', async () => {
    const [answer] = await deliver(harness.webhook.origin, event);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
  });

  it('a tick is an error, not "already running"', () => {
    expect(jobStatus).toBe(500);
    expect(jobLog).toMatch(/"severity":"CRITICAL".*"alert":"lease_store_down"/);
    expect(jobLog).not.toMatch(/already running/);
  });
});

import Stripe from 'stripe';
import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { type CallbackServer, startCallbackServer } from '../../support/sandboxCallbacks';
import { control, tryControl } from '../../support/sandboxControl';
import { mailService } from '../../support/sandboxSendgrid';
import { twilioClient } from '../../support/sandboxTwilio';

const STATUS_CALLBACK = 'https://app.recoup.example/api/webhooks/twilio/sms-status';

describe('a provider of the sandbox that fails', () => {
  let sandbox: Sandbox;
  let webhook: CallbackServer;
  const fail = (provider: string, mode: string, more: object = {}) =>
    control(sandbox, 'POST', 'faults', { provider, mode, ...more });
  const sendSms = () =>
    twilioClient(sandbox).messages.create({
      to: '+447700900123',
      from: '+447700900999',
      body: 'Hello',
      statusCallback: STATUS_CALLBACK,
    });
  const sendMail = () =>
    mailService(sandbox).send({
      to: 'debtor@client.example',
      from: 'reminders@recoup.example',
      subject: 'Invoice',
      text: 'Hello',
    });
  const ways = { twilio: sendSms, sendgrid: sendMail };
  const providers = ['twilio', 'sendgrid'] as const;

  beforeAll(async () => {
    webhook = await startCallbackServer();
    sandbox = await startSandbox({
      webhookTargets: { twilioStatus: webhook.origin, sendgrid: webhook.origin },
    });
  });
  beforeEach(async () => {
    await control(sandbox, 'POST', 'reset');
    webhook.clear();
  });
  afterAll(async () => {
    await sandbox.stop();
    await webhook.stop();
  });

  it.each([
    ['rate_limit', 429, 20429],
    ['server_error', 500, 20500],
    ['unavailable', 503, 20503],
  ])('answers %s in its own words, and nothing happened', async (mode, status, code) => {
    await fail('twilio', mode, { count: 1 });
    await fail('sendgrid', mode, { count: 1 });
    await expect(sendSms()).rejects.toMatchObject({ status, code });
    await expect(sendMail()).rejects.toMatchObject({
      code: status,
      response: { body: { errors: [{ field: null, help: null }] } },
    });
    expect(sandbox.accepted()).toEqual([]);
    await sendSms();
    await sendMail();
    expect(sandbox.accepted()).toHaveLength(2);
  });

  it.each(providers)('cuts the connection of %s before anything happened', async (provider) => {
    await fail(provider, 'reset');
    await expect(ways[provider]()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.accepted()).toEqual([]);
  });

  it.each(providers)('does not answer for %s, and nothing happened', async (provider) => {
    await fail(provider, 'timeout', { delayMs: 1 });
    await expect(ways[provider]()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.accepted()).toEqual([]);
  });

  it.each([
    ['timeout_after_accept', { delayMs: 1 }],
    ['accept_then_error', {}],
  ])('%s: it happened, and its callbacks come', async (mode, more) => {
    for (const provider of providers) {
      await fail(provider, mode, more);
      await control(sandbox, 'PUT', `${provider}/carrier`, { callbacks: 'auto' });
      await expect(ways[provider]()).rejects.toThrow();
      expect(sandbox.accepted(provider)).toHaveLength(1);
    }
    await sandbox.settled();
    expect(webhook.received).toHaveLength(5);
  });

  it('answers a 500 for what it has accepted', async () => {
    await fail('twilio', 'accept_then_error');
    await expect(sendSms()).rejects.toMatchObject({ status: 500, code: 20500 });
    await fail('sendgrid', 'accept_then_error');
    await expect(sendMail()).rejects.toMatchObject({ code: 500 });
    expect(sandbox.accepted()).toHaveLength(2);
  });

  it("answers one of the provider's own errors", async () => {
    await fail('twilio', 'provider_error', { code: 21610 });
    await expect(sendSms()).rejects.toMatchObject({ status: 400, code: 21610 });
    await fail('sendgrid', 'provider_error', { code: 'maximum credits exceeded', status: 401 });
    await expect(sendMail()).rejects.toMatchObject({
      code: 401,
      response: { body: { errors: [{ message: 'maximum credits exceeded' }] } },
    });
    expect(sandbox.accepted()).toEqual([]);
  });

  it("answers one of Stripe's own errors", async () => {
    await fail('stripe', 'provider_error', { code: 'account_invalid', status: 403 });
    const stripe = new Stripe('sk_test_1', {
      host: '127.0.0.1',
      port: Number(new URL(sandbox.origin).port),
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    await expect(stripe.charges.list()).rejects.toMatchObject({ statusCode: 403, code: 'account_invalid' });
    expect(sandbox.accepted()).toEqual([]);
  });

  it('takes a code for a provider error alone', async () => {
    const wrong = { provider: 'twilio', mode: 'timeout', code: 21610 };
    expect((await tryControl(sandbox, 'POST', 'faults', wrong)).status).toBe(400);
    const without = { provider: 'twilio', mode: 'provider_error' };
    expect((await tryControl(sandbox, 'POST', 'faults', without)).status).toBe(400);
  });

  it.each(providers)('holds the next request of %s before anything happened', async (provider) => {
    const hold = sandbox.hold(provider);
    const held = ways[provider]();
    const arrived = await hold.arrived;
    expect(arrived).toMatchObject({ method: 'POST', body: expect.anything() as unknown });
    expect(sandbox.accepted()).toEqual([]);
    // Only the next one is held.
    await ways[provider]();
    hold.release();
    await held;
    expect(sandbox.accepted(provider)).toHaveLength(2);
  });

  it('sees in a held request what the provider will see', async () => {
    const sms = sandbox.hold('twilio');
    const mail = sandbox.hold('sendgrid');
    const sending = Promise.all([sendSms(), sendMail()]);
    expect((await sms.arrived).body).toMatchObject({ To: '+447700900123', Body: 'Hello' });
    expect((await mail.arrived).body).toMatchObject({ subject: 'Invoice' });
    await control(sandbox, 'PUT', 'twilio/numbers/%2B447700900123', { optedOut: true });
    sms.release();
    mail.release();
    await expect(sending).rejects.toMatchObject({ code: 21610 });
  });

  it('lets held requests go when it is reset', async () => {
    const hold = sandbox.hold('twilio');
    const held = sendSms();
    await hold.arrived;
    await control(sandbox, 'POST', 'reset');
    await held;
    expect(sandbox.accepted('twilio')).toHaveLength(1);
  });
});

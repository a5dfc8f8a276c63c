import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { type CallbackServer, startCallbackServer } from '../../support/sandboxCallbacks';
import { control, tryControl } from '../../support/sandboxControl';
import { isSignedBySendgrid, mailService, sendMailEvents } from '../../support/sandboxSendgrid';
import { localSecret } from '../../support/sandboxSettings';

const TO = 'debtor@client.example';
const NOW = new Date('2026-03-02T10:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1000;
const batchOf = z.array(
  z.looseObject({ event: z.string(), email: z.string(), sg_event_id: z.string(), timestamp: z.number() }),
);

describe("the sandbox's SendGrid, calling back", () => {
  let sandbox: Sandbox;
  let webhook: CallbackServer;
  const carrier = (plan: object) => control(sandbox, 'PUT', 'sendgrid/carrier', plan);
  const batches = () => webhook.received.map(({ body }) => batchOf.parse(JSON.parse(body)));
  const told = () => batches().map((batch) => batch.map(({ event }) => event));

  async function send(to: string | string[] = TO): Promise<string> {
    const [{ headers }] = await mailService(sandbox).send({
      to,
      from: 'reminders@recoup.example',
      subject: 'Invoice',
      text: 'Hello',
      categories: ['dunning'],
      customArgs: { outboxId: 'o-1', email: 'not an address' },
    });
    return headers['x-message-id'] ?? '';
  }

  beforeAll(async () => {
    webhook = await startCallbackServer();
    sandbox = await startSandbox({ webhookTargets: { sendgrid: webhook.origin }, now: () => NOW });
  });
  beforeEach(async () => {
    await control(sandbox, 'POST', 'reset');
    webhook.clear();
  });
  afterAll(async () => {
    await sandbox.stop();
    await webhook.stop();
  });

  it('posts one signed batch of what happened to a mail', async () => {
    const messageId = await send();
    const { events, deliveries } = await sendMailEvents(sandbox, {
      messageId,
      events: [
        { event: 'processed', timestamp: NOW_SECONDS - 60 },
        { event: 'bounce', type: 'bounce', reason: '550 gone', sgEventId: 'known-id' },
      ],
      deliveries: 2,
    });
    expect(deliveries.map(({ status }) => status)).toEqual([204, 204]);
    const [first, second] = webhook.received;
    expect(first?.body).toBe(second?.body);
    // Signatures are of the real time, also where the sandbox's clock is moved.
    const signedAt = Number(first?.headers['x-twilio-email-event-webhook-timestamp']);
    expect(Math.abs(signedAt - Date.now() / 1000)).toBeLessThan(60);
    expect(batches()[0]).toEqual(events);
    expect(events).toMatchObject([
      { event: 'processed', timestamp: NOW_SECONDS - 60 },
      { event: 'bounce', type: 'bounce', reason: '550 gone', status: '5.1.1', sg_event_id: 'known-id' },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({ email: TO, outboxId: 'o-1', category: ['dunning'] });
      expect(event['sg_message_id']).toMatch(new RegExp(`^${messageId}\\.`));
      expect(event['smtp-id']).toMatch(/^<.+@.+>$/);
    }
    expect(events[0]?.sg_event_id).toMatch(/^[\w-]{32}$/);
  });

  it.each([0, 1])("signs so that SendGrid's library verifies, with key %i", async (secretIndex) => {
    await sendMailEvents(sandbox, { to: TO, events: [{ event: 'delivered' }], secretIndex });
    const [post] = webhook.received;
    if (post === undefined) throw new Error('nothing was posted');
    const [own, other] = [secretIndex, 1 - secretIndex].map((index) =>
      localSecret('SENDGRID_WEBHOOK_PUBLIC_KEY', index),
    );
    expect(isSignedBySendgrid(post, own ?? '')).toBe(true);
    expect(isSignedBySendgrid(post, other ?? '')).toBe(false);
    expect(isSignedBySendgrid({ ...post, body: post.body.trim() }, own ?? '')).toBe(false);
  });

  it('tells of a mail that it can not name', async () => {
    const { events } = await sendMailEvents(sandbox, {
      to: TO,
      events: [{ event: 'open', outboxId: 'o-9' }],
    });
    expect(events).toMatchObject([{ event: 'open', email: TO, outboxId: 'o-9' }]);
    expect(events[0]).not.toHaveProperty('sg_message_id');
    const nobody = await tryControl(sandbox, 'POST', 'sendgrid/events', { events: [{ event: 'open' }] });
    expect(nobody.status).toBe(400);
    const unknown = { messageId: 'unknown', events: [{ event: 'open' }] };
    expect((await tryControl(sandbox, 'POST', 'sendgrid/events', unknown)).status).toBe(404);
  });

  it.each([
    ['delivered', [['processed'], ['delivered']]],
    ['bounce', [['processed'], ['bounce']]],
    ['blocked', [['processed'], ['bounce']]],
    ['dropped', [['dropped']]],
    ['deferred', [['processed'], ['deferred']]],
    ['spamreport', [['processed'], ['delivered'], ['spamreport']]],
  ])('plays the mail servers: %s', async (outcome, expected) => {
    await carrier({ callbacks: 'auto', outcome });
    await send();
    await sandbox.settled();
    expect(told()).toEqual(expected);
  });

  it('doubles, turns round and bundles events', async () => {
    await carrier({ callbacks: 'auto', outcome: 'spamreport', order: 'reversed', duplicates: 1, batch: 2 });
    const messageId = await send();
    await sandbox.settled();
    expect(told()).toEqual([
      ['spamreport'],
      ['spamreport'],
      ['processed', 'delivered'],
      ['processed', 'delivered'],
    ]);
    expect(new Set(batches().flatMap((batch) => batch.map((event) => event.sg_event_id))).size).toBe(3);
    expect(await control(sandbox, 'GET', 'sendgrid/messages')).toMatchObject([
      { messageId, recipients: [{ status: 'spamreport' }] },
    ]);
  });

  it('tells of each address of a mail', async () => {
    await carrier({ callbacks: 'auto', batch: 10 });
    await send([TO, 'second@client.example']);
    await sandbox.settled();
    expect(batches()).toMatchObject([
      [
        { email: TO, event: 'processed' },
        { email: TO, event: 'delivered' },
        { email: 'second@client.example', event: 'processed' },
        { email: 'second@client.example', event: 'delivered' },
      ],
    ]);
  });

  it('loses events of what has happened all the same', async () => {
    await carrier({ callbacks: 'auto', outcome: 'bounce', lose: 1 });
    await send();
    await sandbox.settled();
    expect(webhook.received).toEqual([]);
    expect(await control(sandbox, 'GET', 'sendgrid/messages')).toMatchObject([
      { recipients: [{ status: 'bounce' }] },
    ]);
  });

  it.each([
    ['bounce', 'Bounced Address'],
    ['unsubscribe', 'Unsubscribed Address'],
    ['spamreport', 'Spam Reporting Address'],
    ['invalid', 'Invalid'],
  ])('accepts and drops what goes to an address suppressed for %s', async (reason, words) => {
    const path = `sendgrid/suppressions/${encodeURIComponent(TO)}`;
    await control(sandbox, 'PUT', path, { reason });
    await carrier({ callbacks: 'auto' });
    await send('Debtor@Client.example');
    await sandbox.settled();
    expect(batches()).toMatchObject([[{ event: 'dropped', reason: words }]]);
    await control(sandbox, 'DELETE', path);
    webhook.clear();
    await send();
    await sandbox.settled();
    expect(told()).toEqual([['processed'], ['delivered']]);
  });

  it.each([
    ['a bounce', { event: 'bounce' }, ['dropped']],
    ['a complaint', { event: 'spamreport' }, ['dropped']],
    ['an unsubscription', { event: 'unsubscribe' }, ['dropped']],
    ['a block', { event: 'bounce', type: 'blocked' }, ['processed', 'delivered']],
    ['a deferral', { event: 'deferred' }, ['processed', 'delivered']],
  ])('remembers %s as it should', async (_name, event, expected) => {
    await sendMailEvents(sandbox, { messageId: await send(), events: [event], deliveries: 0 });
    await carrier({ callbacks: 'auto', batch: 2 });
    await send();
    await sandbox.settled();
    expect(told()).toEqual([expected]);
  });
});

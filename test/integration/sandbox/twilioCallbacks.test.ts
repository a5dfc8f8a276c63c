import { validateRequest } from 'twilio';
import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { type Callback, type CallbackServer, startCallbackServer } from '../../support/sandboxCallbacks';
import { control, tryControl } from '../../support/sandboxControl';
import { localSecret, localSetting } from '../../support/sandboxSettings';
import { receiveSms, reportSmsStatus, twilioClient } from '../../support/sandboxTwilio';

const PERSON = '+447700900123';
const OURS = '+447700900999';
const STATUS_PATH = '/api/webhooks/twilio/sms-status';
const STATUS_CALLBACK = `https://app.recoup.example${STATUS_PATH}?o=outbox-1&g=2`;
const REPLY_URL = 'https://app.recoup.example/api/webhooks/twilio/sms-reply';

const fieldsOf = ({ body }: Callback): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body));

function isGenuine(
  callback: Callback | undefined,
  publicUrl: string,
  token = localSecret('TWILIO_AUTH_TOKEN'),
) {
  if (callback === undefined) return false;
  return validateRequest(
    token,
    String(callback.headers['x-twilio-signature']),
    publicUrl,
    fieldsOf(callback),
  );
}

describe("the sandbox's Twilio, calling back", () => {
  let sandbox: Sandbox;
  let webhook: CallbackServer;
  let client: ReturnType<typeof twilioClient>;
  let drawn = 0.5;
  const send = (more: object = {}) =>
    client.messages.create({
      to: PERSON,
      from: OURS,
      body: 'Hello',
      statusCallback: STATUS_CALLBACK,
      ...more,
    });
  const carrier = (plan: object) => control(sandbox, 'PUT', 'twilio/carrier', plan);
  const statuses = () => webhook.received.map((callback) => fieldsOf(callback)['MessageStatus']);

  beforeAll(async () => {
    webhook = await startCallbackServer();
    sandbox = await startSandbox({
      webhookTargets: {
        twilioReply: `${webhook.origin}/reply`,
        twilioStatus: `${webhook.origin}${STATUS_PATH}`,
      },
      random: () => drawn,
    });
    client = twilioClient(sandbox);
  });
  beforeEach(async () => {
    await control(sandbox, 'POST', 'reset');
    webhook.clear();
    drawn = 0.5;
  });
  afterAll(async () => {
    await sandbox.stop();
    await webhook.stop();
  });

  describe('about a message', () => {
    it('says nothing by itself until it is asked to', async () => {
      await send();
      await sandbox.settled();
      expect(webhook.received).toEqual([]);
    });

    it('posts a status signed over the public URL, and keeps it', async () => {
      const { sid } = await send();
      const answers = await reportSmsStatus(sandbox, sid, {
        status: 'undelivered',
        errorCode: 30003,
        deliveries: 2,
      });
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      const [callback] = webhook.received;
      expect(webhook.received).toHaveLength(2);
      expect(callback?.url).toBe(`${STATUS_PATH}?o=outbox-1&g=2`);
      expect(isGenuine(callback, STATUS_CALLBACK)).toBe(true);
      expect(isGenuine(callback, `${STATUS_CALLBACK}0`)).toBe(false);
      expect(callback && fieldsOf(callback)).toEqual({
        MessageSid: sid,
        SmsSid: sid,
        MessageStatus: 'undelivered',
        SmsStatus: 'undelivered',
        ErrorCode: '30003',
        To: PERSON,
        From: OURS,
        AccountSid: localSetting('TWILIO_ACCOUNT_SID'),
        ApiVersion: '2010-04-01',
      });
      expect(await client.messages(sid).fetch()).toMatchObject({ status: 'undelivered', errorCode: 30003 });
    });

    it('signs with the older token on request', async () => {
      const { sid } = await send({ statusCallback: `${STATUS_CALLBACK}#rc=2` });
      await reportSmsStatus(sandbox, sid, { status: 'sent', secretIndex: 1 });
      const [callback] = webhook.received;
      expect(isGenuine(callback, STATUS_CALLBACK)).toBe(false);
      expect(isGenuine(callback, STATUS_CALLBACK, localSecret('TWILIO_AUTH_TOKEN', 1))).toBe(true);
    });

    it('keeps a status of a message that asked for no callback', async () => {
      const { sid } = await send({ statusCallback: undefined });
      expect(await reportSmsStatus(sandbox, sid, { status: 'delivered' })).toEqual([]);
      expect((await client.messages(sid).fetch()).status).toBe('delivered');
    });

    it('plays the carrier after the answer', async () => {
      await carrier({ callbacks: 'auto' });
      const { sid, status } = await send();
      expect(status).toBe('queued');
      await sandbox.settled();
      expect(statuses()).toEqual(['queued', 'sent', 'delivered']);
      expect((await client.messages(sid).fetch()).status).toBe('delivered');
    });

    it('tells in the wrong order what happened in the right one', async () => {
      await carrier({ callbacks: 'auto', order: 'reversed', outcome: 'undelivered', duplicates: 1 });
      const { sid } = await send();
      await sandbox.settled();
      expect(statuses()).toEqual(['undelivered', 'undelivered', 'sent', 'sent', 'queued', 'queued']);
      expect(await client.messages(sid).fetch()).toMatchObject({ status: 'undelivered', errorCode: 30003 });
      expect(webhook.received.map((callback) => fieldsOf(callback)['ErrorCode'])).toEqual([
        ...['30003', '30003'],
        ...[undefined, undefined, undefined, undefined],
      ]);
    });

    it('loses callbacks of what has happened all the same', async () => {
      await carrier({ callbacks: 'auto', outcome: 'failed', errorCode: 30007, lose: 0.6 });
      const { sid } = await send();
      await sandbox.settled();
      expect(webhook.received).toEqual([]);
      expect(await client.messages(sid).fetch()).toMatchObject({ status: 'failed', errorCode: 30007 });
      drawn = 0.6;
      await send();
      await sandbox.settled();
      expect(statuses()).toEqual(['queued', 'failed']);
    });

    it('gives up late callbacks when it is reset', async () => {
      await carrier({ callbacks: 'auto', delayMs: 60_000 });
      await send();
      await control(sandbox, 'POST', 'reset');
      expect(await control(sandbox, 'GET', 'settled')).toEqual({ settled: true });
      expect(webhook.received).toEqual([]);
      expect(await control(sandbox, 'GET', 'twilio/carrier')).toMatchObject({ callbacks: 'manual' });
    });
  });

  describe('about a reply', () => {
    it('posts it signed over the public URL, each try under one token', async () => {
      const { sid, deliveries } = await receiveSms(sandbox, {
        from: PERSON,
        body: 'Paid & done',
        deliveries: 2,
      });
      expect(deliveries.map(({ status }) => status)).toEqual([204, 204]);
      const again = await receiveSms(sandbox, { from: PERSON, body: 'Paid & done', sid, secretIndex: 1 });
      expect(again.sid).toBe(sid);
      const [first, , third] = webhook.received;
      expect(first?.url).toBe('/reply');
      expect(isGenuine(first, REPLY_URL)).toBe(true);
      expect(isGenuine(third, REPLY_URL, localSecret('TWILIO_AUTH_TOKEN', 1))).toBe(true);
      expect(first && fieldsOf(first)).toMatchObject({
        MessageSid: sid,
        From: PERSON,
        To: OURS,
        Body: 'Paid & done',
        FromCity: '',
        NumMedia: '0',
      });
      expect(first && 'OptOutType' in fieldsOf(first)).toBe(false);
      const tokens = webhook.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
      expect(new Set(tokens).size).toBe(1);
      expect(await client.messages.list()).toHaveLength(1);
    });

    it('does not take one id for two messages', async () => {
      const { sid } = await receiveSms(sandbox, { from: PERSON, body: 'One' });
      const other = await tryControl(sandbox, 'POST', 'twilio/inbound', { from: PERSON, body: 'Two', sid });
      expect(other.status).toBe(409);
    });

    it.each(['STOP', ' stopall ', 'Revoke', 'optout', 'cancel'])(
      'blocks after %p, until START',
      async (body) => {
        await receiveSms(sandbox, { from: PERSON, body });
        await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
        await send({ to: '+447700900124' });
        await receiveSms(sandbox, { from: PERSON, body: 'start' });
        await send();
      },
    );

    it('blocks although we were never told', async () => {
      const { deliveries } = await receiveSms(sandbox, { from: PERSON, body: 'Stop', lose: true });
      expect(deliveries).toEqual([]);
      expect(webhook.received).toEqual([]);
      await expect(send()).rejects.toMatchObject({ code: 21610 });
      expect(await client.messages.list({ from: PERSON })).toMatchObject([{ body: 'Stop' }]);
    });

    it('takes a whole body only, unless Advanced Opt-Out has understood more', async () => {
      await receiveSms(sandbox, { from: PERSON, body: 'Stop please' });
      await send();
      await receiveSms(sandbox, { from: PERSON, body: 'Stop please', optOutType: 'STOP' });
      expect(webhook.received.map((callback) => fieldsOf(callback)['OptOutType'])).toEqual([
        undefined,
        'STOP',
      ]);
      await expect(send()).rejects.toMatchObject({ code: 21610 });
    });

    it('blocks and unblocks on request', async () => {
      const number = `twilio/numbers/${encodeURIComponent(PERSON)}`;
      await control(sandbox, 'PUT', number, { optedOut: true });
      await expect(send()).rejects.toMatchObject({ code: 21610 });
      await control(sandbox, 'PUT', number, { optedOut: false });
      await send();
    });
  });
});

import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { control } from '../../support/sandboxControl';
import { localSecret, localSetting } from '../../support/sandboxSettings';
import { departures, publishedSpec, schemaAt } from '../../support/sandboxSpec';
import { receiveSms, twilioClient } from '../../support/sandboxTwilio';

const TO = '+447700900123';
const FROM = '+447700900999';
const spec = publishedSpec('twilio_messages_v2010.json');
const PATH = '/2010-04-01/Accounts/{AccountSid}/Messages.json';

describe("the sandbox's Twilio", () => {
  let now = new Date('2026-03-02T10:00:00Z');
  let sandbox: Sandbox;
  let client: ReturnType<typeof twilioClient>;
  const send = (more: object = {}) => client.messages.create({ to: TO, from: FROM, body: 'Hello', ...more });

  beforeAll(async () => {
    sandbox = await startSandbox({ webhookTargets: {}, now: () => now });
    client = twilioClient(sandbox);
  });
  beforeEach(() => control(sandbox, 'POST', 'reset'));
  afterAll(() => sandbox.stop());

  it('accepts a message as the real client sends it, and keeps it', async () => {
    const statusCallback = 'https://app.recoup.example/api/webhooks/twilio/sms-status?o=1';
    const message = await send({ statusCallback, validityPeriod: 600 });
    expect(message).toMatchObject({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as unknown,
      accountSid: localSetting('TWILIO_ACCOUNT_SID'),
      status: 'queued',
      direction: 'outbound-api',
      numSegments: '1',
      errorCode: null,
      dateCreated: now,
      dateSent: null,
    });
    expect((await client.messages(message.sid).fetch()).body).toBe('Hello');
    expect(sandbox.accepted('twilio')[0]).toMatchObject({
      method: 'POST',
      body: { To: TO, From: FROM, Body: 'Hello', StatusCallback: statusCallback, ValidityPeriod: '600' },
      answer: { sid: message.sid },
    });
    expect(await control(sandbox, 'GET', 'requests?provider=twilio')).toEqual(sandbox.accepted('twilio'));
  });

  it.each([
    ['GSM-7', 'a'.repeat(160), '1'],
    ['GSM-7 in parts', 'a'.repeat(161), '2'],
    ['characters that take two places', '€'.repeat(81), '2'],
    ['a character outside GSM-7', `${'a'.repeat(69)}✓`, '1'],
    ['one too many of those', `${'a'.repeat(70)}✓`, '2'],
  ])('counts segments: %s', async (_name, body, expected) => {
    expect((await send({ body })).numSegments).toBe(expected);
  });

  it.each([
    ['no recipient', { to: '' }, 21604],
    ['a national number', { to: '07700900123' }, 21211],
    ['a number that is too short', { to: '+4477009' }, 21211],
    ['a number that is too long', { to: '+44770090012345' }, 21211],
    ['no sender', { from: undefined }, 21603],
    ['a sender that is no number', { from: '+0' }, 21212],
    ["somebody else's number as sender", { from: '+447700900998' }, 21606],
    ['a message to itself', { to: FROM }, 21266],
    ['an empty body', { body: '' }, 21602],
    ['no body', { body: undefined }, 21602],
    ['a body that is too long', { body: 'a'.repeat(1601) }, 21617],
    ['a callback that is no URL', { statusCallback: 'not a url' }, 21609],
    ['a validity of nothing', { validityPeriod: 0 }, 21624],
    ['a validity above ten hours', { validityPeriod: 36_001 }, 21624],
    ['a validity in fractions', { validityPeriod: 1.5 }, 21624],
    ['a parameter that is not published', { messageIntent: 'otp' }, 20001],
    ['a value that is not published', { riskCheck: 'maybe' }, 20001],
  ])('refuses %s', async (_name, more, code) => {
    await expect(send(more)).rejects.toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(sandbox.accepted('twilio')).toEqual([]);
  });

  it('takes each of the auth tokens and no other', async () => {
    await twilioClient(sandbox, localSecret('TWILIO_AUTH_TOKEN', 1)).messages.list();
    const stranger = twilioClient(sandbox, 'wrong');
    await expect(stranger.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('answers 404 for a message that it does not have', async () => {
    const fetching = client.messages(`SM${'0'.repeat(32)}`).fetch();
    await expect(fetching).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('refuses a landline and a number that does not exist', async () => {
    await control(sandbox, 'PUT', `twilio/numbers/${encodeURIComponent(TO)}`, { kind: 'landline' });
    await expect(send()).rejects.toMatchObject({ code: 21614 });
    await control(sandbox, 'PUT', `twilio/numbers/${encodeURIComponent(TO)}`, { kind: 'invalid' });
    await expect(send()).rejects.toMatchObject({ code: 21211 });
  });

  it('lists both ways, newest first, page by page as the client follows them', async () => {
    const sids: string[] = [];
    for (let count = 0; count < 5; count += 1) sids.unshift((await send({ body: `no. ${count}` })).sid);
    const { sid } = await receiveSms(sandbox, { from: TO, body: 'Who is this?', lose: true });
    const all = await client.messages.list({ pageSize: 2 });
    expect(all.map((message) => message.sid)).toEqual([sid, ...sids]);
    expect(all[0]).toMatchObject({ direction: 'inbound', status: 'received', from: TO, to: FROM });
    expect((await client.messages.list({ from: TO, pageSize: 1 })).map((message) => message.sid)).toEqual([
      sid,
    ]);
    expect(await client.messages.list({ to: TO, limit: 3, pageSize: 2 })).toHaveLength(3);
  });

  it('keeps its place in the list when a message arrives between two pages', async () => {
    const [first, second, third] = [await send(), await send(), await send()];
    const page = await client.messages.page({ pageSize: 2 });
    expect(page.instances.map(({ sid }) => sid)).toEqual([third.sid, second.sid]);
    await send();
    expect((await page.nextPage())?.instances.map(({ sid }) => sid)).toEqual([first.sid]);
  });

  it('filters by the date on which a message was sent, the date included', async () => {
    const sentOn = async (day: string): Promise<string> => {
      now = new Date(day);
      return (await receiveSms(sandbox, { from: TO, body: day, lose: true })).sid;
    };
    const first = await sentOn('2026-03-01T23:59:59Z');
    const second = await sentOn('2026-03-02T00:00:00Z');
    const third = await sentOn('2026-03-03T12:00:00Z');
    const listed = async (filter: object): Promise<string[]> =>
      (await client.messages.list(filter)).map(({ sid }) => sid);
    expect(await listed({ dateSentAfter: new Date('2026-03-02T00:00:00Z') })).toEqual([third, second]);
    expect(await listed({ dateSentBefore: new Date('2026-03-02T00:00:00Z') })).toEqual([second, first]);
    expect(await listed({ dateSent: new Date('2026-03-03T12:00:00Z') })).toEqual([third]);
    const account = localSetting('TWILIO_ACCOUNT_SID');
    const path = `/2010-04-01/Accounts/${account}/Messages.json?DateSent=2026-03-02`;
    const credentials = Buffer.from(`${account}:${localSecret('TWILIO_AUTH_TOKEN')}`).toString('base64');
    const answer = await fetch(`${sandbox.origin}${path}`, {
      headers: { authorization: `Basic ${credentials}` },
    });
    expect(await answer.json()).toMatchObject({ messages: [{ sid: second }], next_page_uri: null });
  });

  it('departs in nothing from what Twilio publishes', async () => {
    await send({
      statusCallback: 'https://app.recoup.example/x?o=1',
      validityPeriod: 600,
      smartEncoded: true,
    });
    await receiveSms(sandbox, { from: TO, body: 'Hi', lose: true });
    const [request] = sandbox.accepted('twilio');
    const held = await control(sandbox, 'GET', 'twilio/messages');
    expect(held).toHaveLength(2);
    if (spec === undefined) return;
    const form = schemaAt(spec, 'paths', PATH, 'post', 'requestBody', 'content');
    const shape = schemaAt(spec, 'components', 'schemas', 'api.v2010.account.message');
    expect(
      departures(spec, schemaAt(form, 'application/x-www-form-urlencoded', 'schema'), request?.body),
    ).toEqual([]);
    expect(departures(spec, { type: 'array', items: shape }, held)).toEqual([]);
  });
});

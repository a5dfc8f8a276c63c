import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type SendOutcome } from '../../../functions/src/domain/messages/sendOutcome';
import { outcomeWithoutAnswer } from '../../../functions/src/providers/outcomeWithoutAnswer';
import { createMailService } from '../../../functions/src/providers/sendgrid/createMailService';
import { EmailGateway } from '../../../functions/src/providers/sendgrid/emailGateway';
import { createTwilioClient } from '../../../functions/src/providers/twilio/createTwilioClient';
import { SmsGateway } from '../../../functions/src/providers/twilio/smsGateway';
import { closedPort } from '../../support/closedPort';
import { type RawProvider, startRawProvider } from '../../support/rawProvider';

type Channel = 'sms' | 'email';

const ACCOUNT = `AC${'0'.repeat(32)}`;

function send(channel: Channel, origin: string): Promise<SendOutcome> {
  if (channel === 'sms') {
    return new SmsGateway(
      () => Promise.resolve(createTwilioClient(ACCOUNT, 'token', origin)),
      '+447700900999',
    ).send({
      to: '+447700900001',
      body: 'A reminder',
      validitySeconds: 600,
      statusCallback: 'https://app.recoup.example/x',
    });
  }
  return new EmailGateway(() => Promise.resolve(createMailService('SG.key', origin)), {
    email: 'reminders@recoup.example',
    name: 'Recoup',
  }).send({
    to: 'debtor@client.example',
    subject: 'A reminder',
    html: '<p>Pay</p>',
    text: 'Pay',
    headers: {},
    outboxId: 'item-1',
  });
}

describe("what a provider's answer leaves us knowing", () => {
  let provider: RawProvider | undefined;
  afterEach(async () => {
    await provider?.stop();
    provider = undefined;
  });

  const outcomeOf = async (
    channel: Channel,
    answer: (response: ServerResponse, request: IncomingMessage, count: number) => void,
  ): Promise<SendOutcome> => {
    provider = await startRawProvider((request, response, count) => answer(response, request, count));
    return send(channel, provider.origin);
  };
  const says =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    (response: ServerResponse): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body);
    };

  const page = '<html><body>Bad gateway</body></html>';
  it.each<[Channel, number, string, SendOutcome]>([
    ['sms', 201, '{"sid":"SM1"}', { kind: 'accepted', messageId: 'SM1' }],
    ['sms', 201, '{}', { kind: 'unknown', code: 'no_message_id' }],
    ['sms', 201, '{"sid":5}', { kind: 'unknown', code: 'no_message_id' }],
    ['sms', 201, '{"sid":""}', { kind: 'unknown', code: 'no_message_id' }],
    ['sms', 201, 'null', { kind: 'unknown', code: 'no_answer' }],
    ['sms', 201, page, { kind: 'unknown', code: 'no_answer' }],
    ['sms', 200, '', { kind: 'unknown', code: 'no_answer' }],
    ['sms', 400, '{"code":21610,"status":400}', { kind: 'refused', code: '21610', address: 'opted_out' }],
    ['sms', 400, '{"code":21211,"status":400}', { kind: 'refused', code: '21211', address: 'unreachable' }],
    ['sms', 400, '{"code":21614,"status":400}', { kind: 'refused', code: '21614', address: 'unreachable' }],
    ['sms', 400, '{"code":30007,"status":400}', { kind: 'refused', code: '30007', address: null }],
    ['sms', 400, page, { kind: 'refused', code: '400', address: null }],
    ['sms', 403, '{"code":"denied"}', { kind: 'refused', code: '403', address: null }],
    ['sms', 429, '{"code":20429,"status":429}', { kind: 'retryable', code: '20429' }],
    ['sms', 429, page, { kind: 'retryable', code: '429' }],
    ['sms', 429, '', { kind: 'retryable', code: '429' }],
    ['sms', 429, '{"code":"slow down"}', { kind: 'retryable', code: '429' }],
    ['sms', 408, '', { kind: 'unknown', code: '408' }],
    ['sms', 500, page, { kind: 'unknown', code: '500' }],
    ['sms', 503, '{"code":20503,"status":503}', { kind: 'unknown', code: '20503' }],
    ['email', 202, '', { kind: 'unknown', code: 'no_message_id' }],
    ['email', 200, page, { kind: 'unknown', code: 'no_message_id' }],
    ['email', 400, page, { kind: 'refused', code: 'http_400', address: null }],
    ['email', 413, '', { kind: 'refused', code: 'http_413', address: null }],
    ['email', 408, '', { kind: 'unknown', code: 'http_408' }],
    ['email', 429, page, { kind: 'retryable', code: 'http_429' }],
    ['email', 500, '{"errors":[]}', { kind: 'unknown', code: 'http_500' }],
    ['email', 503, page, { kind: 'unknown', code: 'http_503' }],
  ])('%s: %i %j', async (channel, status, body, outcome) => {
    expect(await outcomeOf(channel, says(status, body))).toEqual(outcome);
    expect(provider?.seen).toHaveLength(1);
  });

  it('email: 202 with an id is accepted', async () => {
    const outcome = await outcomeOf('email', says(202, '', { 'x-message-id': 'abc' }));
    expect(outcome).toEqual({ kind: 'accepted', messageId: 'abc' });
  });

  it.each<[Channel, number]>([
    ['sms', 302],
    ['sms', 307],
    ['email', 302],
    ['email', 307],
    ['email', 308],
  ])('%s: a redirect (%i) is not followed: the message could be posted twice', async (channel, status) => {
    const outcome = await outcomeOf(channel, (response, _request, count) => {
      if (count === 1) says(status, '', { location: '/elsewhere' })(response);
      else says(202, '{"sid":"SM2"}', { 'x-message-id': 'second' })(response);
    });
    expect(outcome.kind).toBe('unknown');
    expect(provider?.seen).toHaveLength(1);
  });

  it.each<Channel>(['sms', 'email'])('%s: a connection that is cut half-way is unknown', async (channel) => {
    const outcome = await outcomeOf(channel, (response) => {
      response.destroy();
    });
    expect(outcome).toEqual({ kind: 'unknown', code: 'econnreset' });
  });

  it.each<Channel>(['sms', 'email'])('%s: an answer that is cut half-way is unknown', async (channel) => {
    const outcome = await outcomeOf(channel, (response) => {
      response.writeHead(202, { 'content-length': '100', 'x-message-id': 'abc' });
      response.write('{"sid":"SM');
      response.destroy();
    });
    expect(outcome.kind).toBe('unknown');
  });

  it.each<Channel>(['sms', 'email'])('%s: nobody listens: nothing has left', async (channel) => {
    const outcome = await send(channel, `http://${await closedPort()}`);
    expect(outcome).toEqual({ kind: 'retryable', code: 'econnrefused' });
  });

  it.each<Channel>(['sms', 'email'])('%s: keeps no connection for the next message', async (channel) => {
    const ports: (number | undefined)[] = [];
    const answer = says(202, '{"sid":"SM1"}', { 'x-message-id': 'abc' });
    const listening = await startRawProvider((request, response) => {
      ports.push(request.socket.remotePort);
      answer(response);
    });
    provider = listening;
    await send(channel, listening.origin);
    await send(channel, listening.origin);
    expect(new Set(ports).size).toBe(2);
  });

  it('has nothing sent where there is no client: a secret is missing', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('the secret is not bound'));
    const sms = { to: '+447700900001', body: 'x', validitySeconds: 60, statusCallback: 'https://x.example' };
    const email = { to: 'a@b.example', subject: 'x', html: 'x', text: 'x', headers: {}, outboxId: 'i' };
    const from = { email: 'a@b.example', name: 'x' };
    expect([
      await new SmsGateway(failing, '+447700900999').send(sms),
      await new EmailGateway(failing, from).send(email),
    ]).toEqual([
      { kind: 'retryable', code: 'no_client' },
      { kind: 'retryable', code: 'no_client' },
    ]);
  });

  const failed = (code: string, syscall?: string): Error =>
    Object.assign(new Error('failed'), { code, syscall });
  it.each([
    ['no such host', failed('ENOTFOUND', 'getaddrinfo'), 'retryable'],
    ['no name server', failed('EAI_AGAIN', 'getaddrinfo'), 'retryable'],
    ['no way to the host', failed('EHOSTUNREACH', 'connect'), 'retryable'],
    ['the way to the host was lost', failed('EHOSTUNREACH', 'read'), 'unknown'],
    ['the network went down', failed('ENETDOWN', 'write'), 'unknown'],
    ['a connection timed out', failed('ETIMEDOUT', 'connect'), 'unknown'],
    ['a broken pipe', failed('EPIPE', 'write'), 'unknown'],
    ['wrapped', Object.assign(new Error('x'), { cause: failed('ECONNREFUSED', 'connect') }), 'retryable'],
    ['text', 'failed', 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('without an answer: %s', (_what, thrown, kind) => {
    expect(outcomeWithoutAnswer(thrown).kind).toBe(kind);
  });
});

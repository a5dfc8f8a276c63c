import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { localSecret } from '../../../support/sandboxSettings';
import { changesDuring, faultsOfRefusal } from '../../../support/refusal';
import { emailEvent, postAsSendgrid, type SendgridPost } from '../../../support/sendgridPost';
import { newId } from '../../../support/stripeEvents';
import {
  inboundFields,
  newPhone,
  postAsTwilio,
  statusFields,
  type TextAnswer,
  type TwilioPost,
} from '../../../support/twilioPost';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const HOST = 'https://app.recoup.example';
const REPLY = `${HOST}/api/webhooks/twilio/sms-reply`;
const STATUS = `${HOST}/api/webhooks/twilio/sms-status`;
const DAY_S = 24 * 60 * 60;
const now = (): number => Math.floor(Date.now() / 1000);

describe('the signature of a callback', () => {
  let harness: Harness;
  let status: ServedFunction;
  let events: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness({ NODE_ENV: 'production' }, 'twilioSmsReply');
    [status, events] = await Promise.all([harness.serve('twilioSmsStatus'), harness.serve('sendgridEvents')]);
  });
  afterAll(() => harness.stop());

  async function refuses(answering: () => Promise<TextAnswer>, httpStatus = 403): Promise<void> {
    const changes = await changesDuring(harness, async () => {
      const { body, ...answer } = await answering();
      expect(faultsOfRefusal({ ...answer, body: JSON.parse(body) as unknown }, httpStatus)).toEqual([]);
    });
    expect(changes).toEqual([]);
  }

  describe("of Twilio's", () => {
    const stop = (): Record<string, string> => inboundFields(newPhone(), 'STOP');
    const reply = (post: Omit<TwilioPost, 'path'>): Promise<TextAnswer> =>
      postAsTwilio(harness.webhook.origin, { path: 'sms-reply', ...post });
    const report = (post: Omit<TwilioPost, 'path' | 'fields'>): Promise<TextAnswer> =>
      postAsTwilio(status.origin, {
        path: 'sms-status',
        fields: statusFields(newPhone(), 'failed', { errorCode: '21610' }),
        ...post,
      });

    it.each<[string, () => Omit<TwilioPost, 'path'>]>([
      ['none', () => ({ fields: stop(), headers: { 'x-twilio-signature': '' } })],
      ['garbage', () => ({ fields: stop(), headers: { 'x-twilio-signature': 'AAAA' } })],
      ['a wrong token', () => ({ fields: stop(), signed: { token: 'f'.repeat(32) } })],
      [
        'the list of tokens taken for one',
        () => {
          const both = `${localSecret('TWILIO_AUTH_TOKEN')},${localSecret('TWILIO_AUTH_TOKEN', 1)}`;
          return { fields: stop(), signed: { token: both } };
        },
      ],
      ['an empty token', () => ({ fields: stop(), signed: { token: '' } })],
      ['of another path', () => ({ fields: stop(), signed: { url: STATUS } })],
      ['of another host', () => ({ fields: stop(), signed: { url: REPLY.replace('recoup', 'racoup') } })],
      ['of plain http', () => ({ fields: stop(), signed: { url: REPLY.replace('https', 'http') } })],
      ['of another body', () => ({ fields: { ...stop(), Body: 'START' }, signed: { fields: stop() } })],
      [
        'of a field less',
        () => {
          const fields = stop();
          return { fields: { ...fields, OptOutType: 'START' }, signed: { fields } };
        },
      ],
      ['without the query', () => ({ fields: stop(), query: '?a=1', signed: { url: REPLY } })],
    ])('%s: 403 and nothing changed', (_name, post) => refuses(() => reply(post())));

    it.each<[string, Omit<TwilioPost, 'path' | 'fields'>]>([
      ['another item', { query: '?o=msg_2', signed: { url: `${STATUS}?o=msg_1` } }],
      ['an item where none was signed', { query: '?o=msg_2', signed: { url: STATUS } }],
      ['a second item', { query: '?o=msg_2&o=msg_1', signed: { url: `${STATUS}?o=msg_1` } }],
    ])('a query that names %s: 403', (_name, post) => refuses(() => report(post)));

    it('of what the proxies say instead of what we are called: 403', async () => {
      const lies = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      const url = 'http://evil.example/api/webhooks/twilio/sms-reply';
      await refuses(() => reply({ fields: stop(), signed: { url }, headers: lies }));
      // And the other way round: the right one is taken, whatever they say.
      expect((await reply({ fields: stop(), headers: lies })).status).toBe(200);
    });

    it('of the token in use, or of the one that is being replaced: taken', async () => {
      for (const index of [0, 1]) {
        const token = localSecret('TWILIO_AUTH_TOKEN', index);
        expect((await reply({ fields: stop(), signed: { token } })).status).toBe(200);
        expect(
          (await report({ query: '?o=msg_1', signed: { token, url: `${STATUS}?o=msg_1` } })).status,
        ).toBe(204);
      }
    });

    it('with the port in it, with a query, with fields that come twice: taken', async () => {
      expect(
        (await reply({ fields: stop(), signed: { url: REPLY.replace('.example', '.example:443') } })).status,
      ).toBe(200);
      expect((await reply({ fields: stop(), query: '?x=it%27s%20&y' })).status).toBe(200);
      const fields = stop();
      const body = `${new URLSearchParams(fields).toString()}&X=b&X=a&X=b`;
      expect((await reply({ fields, body, signed: { fields: { ...fields, X: ['b', 'a'] } } })).status).toBe(
        200,
      );
    });

    it('a sender that is named twice: no sender, a dead letter', async () => {
      const fields = stop();
      const body = `${new URLSearchParams(fields).toString()}&From=%2B447700900999`;
      const signed = { fields: { ...fields, From: [fields['From'] ?? '', '+447700900999'] } };
      expect((await reply({ fields, body, signed })).status).toBe(200);
      const row = await harness.db.doc(`failed_webhooks/twilio_${fields['MessageSid'] ?? ''}`).get();
      expect(row.get('lastError.code')).toBe('unusable_event');
    });

    it.each(['application/octet-stream', 'text/plain', 'multipart/form-data; boundary=x'])(
      'as %s: 400',
      (type) => refuses(() => reply({ fields: stop(), headers: { 'content-type': type } }), 400),
    );

    it('over 64 KiB: 413', () =>
      refuses(() => reply({ fields: { ...stop(), Body: 'x'.repeat(70_000) } }), 413));

    it.each(['GET', 'PUT', 'DELETE'])('by %s: 405, and told that it is POST', async (method) => {
      for (const { origin } of [harness.webhook, status]) {
        await refuses(async () => {
          const answer = await postAsTwilio(origin, { path: 'sms-reply', fields: stop(), method });
          expect(answer.headers.get('allow')).toBe('POST');
          return answer;
        }, 405);
      }
    });
  });

  describe("of SendGrid's", () => {
    const batch = () => [emailEvent('bounce', `${newId('debtor')}@client.example`, { type: 'bounce' })];
    const post = (more: SendgridPost, body = JSON.stringify(batch())): Promise<TextAnswer> =>
      postAsSendgrid(events.origin, body, more);
    const SIGNATURE = 'x-twilio-email-event-webhook-signature';
    const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

    it.each<[string, () => SendgridPost]>([
      ['none', () => ({ headers: { [SIGNATURE]: '' } })],
      ['no time', () => ({ headers: { [TIMESTAMP]: '' } })],
      ['garbage', () => ({ headers: { [SIGNATURE]: 'garbage' } })],
      ['zeros for both numbers', () => ({ headers: { [SIGNATURE]: 'MAYCAQACAQA=' } })],
      ['of another body', () => ({ signedBody: '[]' })],
      ['of another time', () => ({ headers: { [TIMESTAMP]: String(now() - 5) } })],
      ['text for a time', () => ({ headers: { [TIMESTAMP]: 'now' } })],
      ['a day and six minutes old', () => ({ timestamp: now() - DAY_S - 360 })],
      ['six minutes ahead', () => ({ timestamp: now() + 360 })],
    ])('%s: 403 and nothing changed', (_name, more) => refuses(() => post(more())));

    it.each<[string, () => SendgridPost]>([
      ['of the key in use', () => ({ key: 0 })],
      ['of the key that is being replaced', () => ({ key: 1 })],
      ['a day old, as a redelivery may be', () => ({ timestamp: now() - DAY_S })],
      ['four minutes ahead', () => ({ timestamp: now() + 240 })],
    ])('%s: taken', async (_name, more) => {
      expect((await post(more())).status).toBe(200);
    });

    it('over bytes that JSON could be written in another way: taken', async () => {
      const [event] = batch();
      expect(
        (await post({}, `[ ${JSON.stringify(event)} ,\r\n{"sg_event_id":"\\u0061${newId('x')}"}]`)).status,
      ).toBe(200);
    });

    it.each(['{}', '[1]', '[null]', '["x"]', '[[]]'])('%s, which is no list of events: 400', (body) =>
      refuses(() => post({}, body), 400),
    );

    it('one element that is no event, among good ones: 400 and nothing changed', () =>
      refuses(() => post({}, JSON.stringify([...batch(), 7])), 400));

    it('over 4 MiB: 413', () => refuses(() => post({}, `[${' '.repeat(4 * 1024 * 1024)}]`), 413));

    it('by GET: 405', () =>
      refuses(async () => {
        const response = await fetch(events.origin);
        return { status: response.status, body: await response.text(), headers: response.headers };
      }, 405));
  });
});

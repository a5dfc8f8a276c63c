import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { control } from '../../support/sandboxControl';
import { departures, publishedSpec, schemaAt } from '../../support/sandboxSpec';
import { type MailService, mailService } from '../../support/sandboxSendgrid';
import { localSecret } from '../../support/sandboxSettings';

const TO = 'debtor@client.example';
const MAIL = {
  to: TO,
  from: { email: 'reminders@recoup.example', name: 'Recoup' },
  subject: 'Invoice INV-1',
  text: 'Hello',
  html: '<p>Hello</p>',
  headers: { 'List-Unsubscribe': '<https://app.recoup.example/u?t=1>' },
  customArgs: { outboxId: 'o-1' },
};
/** The library itself refuses a mail without content, so that what it would not send is posted by hand. */
const BODY = {
  personalizations: [{ to: [{ email: TO }], custom_args: { outboxId: 'o-1' } }],
  from: { email: 'reminders@recoup.example' },
  subject: 'Invoice INV-1',
  content: [
    { type: 'text/plain', value: 'Hello' },
    { type: 'text/html', value: '<p>Hello</p>' },
  ],
};
const [TEXT, HTML] = BODY.content;
const [ONE] = BODY.personalizations;

describe("the sandbox's SendGrid", () => {
  let sandbox: Sandbox;
  let service: MailService;
  beforeAll(async () => {
    sandbox = await startSandbox({ webhookTargets: {}, now: () => new Date('2026-03-02T10:00:00Z') });
    service = mailService(sandbox);
  });
  beforeEach(() => control(sandbox, 'POST', 'reset'));
  afterAll(() => sandbox.stop());

  async function post(body: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${sandbox.origin}/v3/mail/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${localSecret('SENDGRID_API_KEY')}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  it('accepts a mail as the real client sends it, and keeps it', async () => {
    const [answer] = await service.send(MAIL);
    expect(answer.statusCode).toBe(202);
    const messageId = answer.headers['x-message-id'];
    expect(messageId).toMatch(/^[\w-]{22}$/);
    expect(sandbox.accepted('sendgrid')).toMatchObject([
      {
        path: '/v3/mail/send',
        body: {
          personalizations: [{ to: [{ email: TO }] }],
          subject: 'Invoice INV-1',
          custom_args: { outboxId: 'o-1' },
          headers: MAIL.headers,
        },
        answer: { messageId },
      },
    ]);
    expect(await control(sandbox, 'GET', 'sendgrid/messages')).toMatchObject([
      { messageId, recipients: [{ email: TO, status: 'accepted', customArgs: { outboxId: 'o-1' } }] },
    ]);
  });

  it('answers 202 with nothing in it', async () => {
    expect(await post(BODY)).toEqual({ status: 202, body: undefined });
  });

  it.each([
    ['no recipient', { personalizations: [] }, 'personalizations'],
    ['an empty to', { personalizations: [{ to: [] }] }, 'personalizations.0.to'],
    ['a wrong address', { personalizations: [{ to: [{ email: 'x' }] }] }, 'personalizations.0.to.0.email'],
    ['an address twice', { personalizations: [{ ...ONE, cc: [{ email: TO }] }] }, 'personalizations.0'],
    ['no sender', { from: undefined }, 'from'],
    ['no subject', { subject: undefined }, 'subject'],
    ['no content', { content: undefined }, 'content'],
    ['empty content', { content: [{ type: 'text/plain', value: '' }] }, 'content.0.value'],
    ['HTML before text', { content: [HTML, TEXT] }, 'content'],
    ['a header of its own', { headers: { Subject: 'x' } }, 'headers'],
    ['an unknown field', { customArgs: {} }, 'customArgs'],
    ['an unknown field further in', { personalizations: [{ ...ONE, x: 1 }] }, 'personalizations.0.x'],
    ['an argument that is no string', { custom_args: { attempt: 1 } }, null],
    ['too many arguments', { custom_args: { a: 'x'.repeat(10_000) } }, 'personalizations.0.custom_args'],
  ])('refuses %s', async (_name, change, field) => {
    const { status, body } = await post({ ...BODY, ...change });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect(sandbox.accepted('sendgrid')).toEqual([]);
  });

  it('names every fault at once, each with where to read on', async () => {
    const { body } = await post({ ...BODY, subject: '', extra: 1 });
    expect(body).toEqual({
      errors: [
        {
          message: 'The parameter may not be empty.',
          field: 'subject',
          help: expect.stringMatching(/#message\.subject$/) as unknown,
        },
        {
          message: 'Additional property extra is not allowed',
          field: 'extra',
          help: expect.stringMatching(/#message\.extra$/) as unknown,
        },
      ],
    });
  });

  it('gives the real client errors that it understands', async () => {
    const stranger = mailService(sandbox, 'SG.wrong');
    await expect(stranger.send(MAIL)).rejects.toMatchObject({ code: 401 });
    const elsewhere = { ...MAIL, from: 'somebody@elsewhere.example' };
    await expect(service.send(elsewhere)).rejects.toMatchObject({
      code: 403,
      response: { body: { errors: [{ field: 'from' }] } },
    });
  });

  it('only checks a rehearsal', async () => {
    const rehearsal = { ...BODY, mail_settings: { sandbox_mode: { enable: true } } };
    expect((await post(rehearsal)).status).toBe(200);
    expect(await control(sandbox, 'GET', 'sendgrid/messages')).toEqual([]);
  });

  it('departs in nothing from what SendGrid publishes', async () => {
    await service.send({
      ...MAIL,
      personalizations: [{ to: TO, customArgs: MAIL.customArgs }],
      customArgs: undefined,
    });
    const [request] = sandbox.accepted('sendgrid');
    expect(request?.body).toMatchObject({ personalizations: [{ custom_args: { outboxId: 'o-1' } }] });
    const spec = publishedSpec('sendgrid_mail_v3.json');
    if (spec === undefined) return;
    const content = schemaAt(spec, 'components', 'requestBodies', 'PostMailSend', 'content');
    expect(departures(spec, schemaAt(content, 'application/json', 'schema'), request?.body)).toEqual([]);
  });
});

import { signLink } from '../../functions/src/platform/signedLink';
import { e2eStack, type E2eStack } from '../support/e2eStack';
import { sendMailEvents, mailService } from '../support/sandboxSendgrid';
import { localSecret, localSetting } from '../support/sandboxSettings';
import { receiveSms, reportSmsStatus, twilioClient } from '../support/sandboxTwilio';
import { hashOf, seedMessage } from '../support/seedMessage';
import { newId } from '../support/stripeEvents';

const PHONE = '+447700900777';

describe("the providers' callbacks through Hosting", () => {
  let stack: E2eStack;
  let sandbox: { origin: string };
  beforeAll(() => {
    stack = e2eStack();
    sandbox = { origin: stack.sandboxOrigin };
  });
  afterAll(() => stack.stop());

  it('a STOP and a START are taken, whichever token signed', async () => {
    const stop = await receiveSms(sandbox, { from: PHONE, body: 'Stop' });
    expect(stop.deliveries).toMatchObject([
      { status: 200, body: expect.stringContaining('unsubscribed') as string },
    ]);
    expect((await stack.db.doc(`sms_opt_outs/${PHONE}`).get()).get('status')).toBe('opted_out');
    const start = await receiveSms(sandbox, { from: PHONE, body: 'START', secretIndex: 1 });
    expect(start.deliveries).toMatchObject([
      { status: 200, body: expect.stringContaining('re-subscribed') as string },
    ]);
    expect((await stack.db.doc(`sms_opt_outs/${PHONE}`).get()).get('status')).toBe('opted_in');
  });

  it('a status finds the item that its URL names', async () => {
    const item = await seedMessage(stack.db, 'sms', PHONE);
    const { sid } = await twilioClient(sandbox).messages.create({
      to: PHONE,
      from: localSetting('TWILIO_FROM'),
      body: 'Hello',
      statusCallback: `${localSetting('PUBLIC_BASE_URL')}/api/webhooks/twilio/sms-status?o=${item.id}`,
    });
    const answers = await reportSmsStatus(sandbox, sid, { status: 'delivered' });
    expect(answers.map(({ status }) => status)).toEqual([204]);
    expect((await item.get()).data()).toMatchObject({ status: 'delivered', providerMessageId: sid });
  });

  it('a bounce suppresses the address, and the link in an e-mail does so by a POST', async () => {
    const [bounced, left] = [`${newId('debtor')}@client.example`, `${newId('debtor')}@client.example`];
    const item = await seedMessage(stack.db, 'email', bounced);
    const [{ headers }] = await mailService(sandbox).send({
      to: bounced,
      from: localSetting('EMAIL_FROM'),
      subject: 'Reminder',
      text: 'Hello',
      customArgs: { outboxId: item.id },
    });
    const events = [{ event: 'bounce', type: 'bounce', reason: '550 unknown user' }];
    const { deliveries } = await sendMailEvents(sandbox, {
      messageId: headers['x-message-id'] ?? '',
      events,
    });
    expect(deliveries.map(({ status }) => status)).toEqual([200]);
    expect((await item.get()).get('reason')).toBe('bounced');

    const token = signLink([localSecret('LINK_SIGNING_KEY')], {
      purpose: 'unsubscribe',
      subject: hashOf('email', left),
      issuedAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const url = `${stack.hostingOrigin}/u?t=${token}`;
    expect((await fetch(url)).status).toBe(200);
    const suppressions = () =>
      stack.db.getAll(
        ...[bounced, left].map((email) => stack.db.doc(`email_suppressions/${hashOf('email', email)}`)),
      );
    expect((await suppressions()).map((row): unknown => row.get('reason'))).toEqual(['bounce', undefined]);
    const clicked = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(clicked.status).toBe(200);
    expect((await suppressions()).map((row): unknown => row.get('reason'))).toEqual([
      'bounce',
      'unsubscribe',
    ]);
  });
});

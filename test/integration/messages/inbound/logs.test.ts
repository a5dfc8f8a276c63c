import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { scheduledAt, tickWell } from '../../../support/jobTick';
import { seedInvoice } from '../../../support/seed';
import { seedFailedEvent } from '../../../support/seedFailedEvent';
import { seedMessage, seedWaiting } from '../../../support/seedMessage';
import { emailEvent, postAsSendgrid } from '../../../support/sendgridPost';
import { inboundFields, newMessageSid, postAsTwilio, statusFields } from '../../../support/twilioPost';
import { type Harness, startHarness } from '../../../support/webhookHarness';

const PERSON = {
  name: 'Zebedee Quillfeather',
  email: 'zebedee@quillfeather.example',
  phone: '+447700900123',
  body: 'I am in hospital and can not pay before June',
};

describe('the logs of what comes back', () => {
  let harness: Harness;
  let status: ServedFunction;
  let events: ServedFunction;
  let job: ServedFunction;
  beforeAll(async () => {
    // As deployed: under the test runner's own NODE_ENV the platform's framework logs less than in production.
    harness = await startHarness({ NODE_ENV: 'production' }, 'twilioSmsReply');
    [status, events, job] = await Promise.all([
      harness.serve('twilioSmsStatus'),
      harness.serve('sendgridEvents'),
      harness.serve('retryWebhooks'),
    ]);
  });
  afterAll(() => harness.stop());

  const everywhere = { FromCity: PERSON.name, ProfileName: PERSON.name, Notes: PERSON.body };
  const reply = (body: string, more: Record<string, string> = {}, signed?: { token: string }) =>
    postAsTwilio(harness.webhook.origin, {
      path: 'sms-reply',
      fields: { ...inboundFields(PERSON.phone, body), ...everywhere, ...more },
      ...(signed === undefined ? {} : { signed }),
    });

  it('name the messages, and never a person, on whatever path', async () => {
    const { db } = harness;
    const seeded = await seedInvoice(
      db,
      { clientName: PERSON.name, clientEmail: PERSON.email, clientPhone: PERSON.phone, status: 'overdue' },
      { name: PERSON.name, email: PERSON.email, businessName: PERSON.name },
    );
    const mail = await seedMessage(db, 'email', PERSON.email, seeded);
    const sms = await seedMessage(db, 'sms', PERSON.phone, seeded);
    // One that can not be cancelled, for its row does not fit.
    await seedWaiting(db, 'sms', PERSON.phone, { attempts: PERSON.body });

    for (const body of [PERSON.body, 'STOP', 'START', 'HELP', 'YES'])
      expect((await reply(body)).status).toBe(200);
    expect((await reply('STOP', { From: PERSON.email })).status).toBe(200);
    expect((await reply('STOP', {}, { token: 'wrong' })).status).toBe(403);
    expect((await reply('STOP', { MessageSid: PERSON.email })).status).toBe(400);

    const report = (word: string, more: { errorCode?: string; to?: string } = {}) =>
      postAsTwilio(status.origin, {
        path: 'sms-status',
        query: `?o=${sms.id}`,
        fields: { ...statusFields(more.to ?? PERSON.phone, word, more), ...everywhere },
      });
    expect((await report('delivered')).status).toBe(204);
    expect((await report('failed', { errorCode: '21610' })).status).toBe(204);
    expect((await report('failed', { errorCode: '21610', to: PERSON.name })).status).toBe(204);
    expect((await report(PERSON.body)).status).toBe(400);

    const about = { outboxId: mail.id, response: PERSON.body, useragent: PERSON.name, ip: PERSON.phone };
    const batch = [
      emailEvent('delivered', PERSON.email, about),
      emailEvent('bounce', PERSON.email, {
        ...about,
        type: 'bounce',
        reason: `550 <${PERSON.email}> ${PERSON.body}`,
      }),
      emailEvent('bounce', PERSON.email, { ...about, type: 'blocked', reason: PERSON.body }),
      emailEvent('dropped', PERSON.email, { ...about, reason: PERSON.body }),
      emailEvent(`${PERSON.email} ${PERSON.phone}`, PERSON.email, about),
      { ...emailEvent('delivered', PERSON.name, about), email: [PERSON.email] },
    ];
    expect((await postAsSendgrid(events.origin, batch)).status).toBe(200);
    const noId = { ...emailEvent('delivered', PERSON.email, about), sg_event_id: PERSON.email };
    expect((await postAsSendgrid(events.origin, [noId])).status).toBe(400);
    expect((await postAsSendgrid(events.origin, batch, { signedBody: '[]' })).status).toBe(403);

    // Retried: once with success, once for good.
    for (const from of [PERSON.phone, PERSON.name]) {
      const eventId = newMessageSid();
      const fields = { ...inboundFields(from, PERSON.body, eventId), ...everywhere };
      await seedFailedEvent(
        db,
        { source: 'twilio', eventId, bytes: new URLSearchParams(fields).toString() },
        { context: { webhook: 'sms_reply', outboxId: null } },
      );
    }
    await tickWell(job, scheduledAt());

    const logs = [harness.webhook, status, events, job].map((served) => served.logTail(100_000)).join('\n');
    // The logs are those of what happened here …
    for (const said of [
      '"alert":"dead_letter"',
      '"alert":"email_not_delivered"',
      '"event":"webhook_rejected"',
      '"event":"messages_not_cancelled"',
      '"outcome":"opted_out"',
      '"eventType":"bounce"',
      '"event":"webhook_failed"',
    ]) {
      expect(logs.includes(said) ? said : `not in the logs: ${said}`).toBe(said);
    }
    // … and nobody is in them.
    const words = ['Zebedee', 'Quillfeather', '7700900123', 'hospital'];
    const leaks = logs
      .split('\n')
      .filter((line) => words.some((word) => line.toLowerCase().includes(word.toLowerCase())));
    expect(leaks).toEqual([]);
  });
});

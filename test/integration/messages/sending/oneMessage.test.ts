import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { type MessageHarness, startMessageHarness } from '../../../support/messageHarness';
import { seedChase } from '../../../support/seedChase';
import { seedWaiting } from '../../../support/seedMessage';

describe('a message of the outbox', () => {
  let harness: MessageHarness;
  let sms: ServedFunction;
  let email: ServedFunction;
  beforeAll(async () => {
    harness = await startMessageHarness();
    [sms, email] = await Promise.all([harness.serve('sendSms'), harness.serve('sendEmail')]);
  });
  afterAll(() => harness.stop());

  it('is sent once, whatever asks for it, and carries its id to the provider', async () => {
    const { phone, invoiceId, freelancerId } = await seedChase(harness.db);
    const item = await seedWaiting(harness.db, 'sms', phone, { invoiceId, freelancerId });
    const statuses = await Promise.all(Array.from({ length: 5 }, () => harness.dispatch(sms, item.id)));
    expect(statuses.every((status) => status < 300)).toBe(true);
    const sent = harness.sandbox.accepted('twilio').filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({
      To: phone,
      StatusCallback: `https://app.recoup.example/api/webhooks/twilio/sms-status?o=${item.id}`,
      ValidityPeriod: '600',
    });
    expect((await item.get()).data()).toMatchObject({ status: 'sent', attempts: 1, leaseUntil: null });
  });

  it('is an e-mail with both versions, and a way to unsubscribe', async () => {
    const { email: to, invoiceId, freelancerId } = await seedChase(harness.db);
    const item = await seedWaiting(harness.db, 'email', to, { invoiceId, freelancerId });
    expect(await harness.dispatch(email, item.id)).toBeLessThan(300);
    expect((await item.get()).data()).toMatchObject({ status: 'sent', attempts: 1 });
    const [mail] = harness.sandbox.accepted('sendgrid');
    expect(mail?.body).toMatchObject({ headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } });
  });

  it('that a "no" keeps back is told to its freelancer, in the gate\'s words', async () => {
    const { phone, invoiceId, freelancerId } = await seedChase(harness.db);
    await harness.db.doc(`sms_opt_outs/${phone}`).set({
      phoneNumber: phone,
      status: 'opted_out',
      optedOutAt: new Date('2026-10-03T12:00:00Z'),
    });
    const item = await seedWaiting(harness.db, 'sms', phone, { invoiceId, freelancerId });
    await Promise.all([harness.dispatch(sms, item.id), harness.dispatch(sms, item.id)]);
    expect((await item.get()).data()).toMatchObject({ status: 'suppressed', reason: 'opted_out' });
    const told = await harness.db.doc(`notifications/message_suppressed_${item.id}`).get();
    expect(told.data()).toMatchObject({
      freelancerId,
      message: 'This phone number opted out on 3 October 2026. Cannot send SMS.',
    });
  });
});

import { type DocumentData } from 'firebase-admin/firestore';
import { inboundFields, newPhone, postAsTwilio } from '../../support/twilioPost';
import { type Harness, startHarness } from '../../support/webhookHarness';
import { type FirestoreWire, startFirestoreWire } from '../../support/wire/firestoreWire';

describe('where nobody has asked for sealed contact data', () => {
  let wire: FirestoreWire;
  let harness: Harness;
  beforeAll(async () => {
    wire = await startFirestoreWire(process.env['FIRESTORE_EMULATOR_HOST'] ?? '');
    harness = await startHarness({ FIRESTORE_EMULATOR_HOST: wire.host, CONTACT_KEY: '' }, 'twilioSmsReply');
  });
  afterAll(async () => {
    await harness.stop();
    wire.stop();
  });

  const stop = async (phone: string): Promise<DocumentData> => {
    const answer = await postAsTwilio(harness.webhook.origin, {
      path: 'sms-reply',
      fields: inboundFields(phone, 'STOP'),
    });
    expect(answer.status).toBe(200);
    return (await harness.db.doc(`sms_opt_outs/${phone}`).get()).data() ?? {};
  };

  it('a webhook reads not one document more, and needs no key', async () => {
    await stop(newPhone());
    wire.take();
    const phone = newPhone();
    expect(await stop(phone)).toMatchObject({ phoneNumber: phone, status: 'opted_out' });
    const { calls, billed } = wire.take();
    // Claim, failure, audit, reply, opt-out; then two queries that find nothing to cancel.
    expect([calls['BatchGetDocuments'], calls['Commit'], billed.reads]).toEqual([1, 1, 7]);
  });
});

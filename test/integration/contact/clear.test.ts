import { type DocumentData } from 'firebase-admin/firestore';
import { hashOf } from '../../support/seedMessage';
import { inboundFields, newPhone, postAsTwilio } from '../../support/twilioPost';
import { type Harness, startHarness } from '../../support/webhookHarness';
import { type FirestoreWire, startFirestoreWire } from '../../support/wire/firestoreWire';

describe('a webhook', () => {
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

  /** @param id under which its opt-out is to stand */
  const stop = async (phone: string, id = phone, { origin } = harness.webhook): Promise<DocumentData> => {
    const answer = await postAsTwilio(origin, { path: 'sms-reply', fields: inboundFields(phone, 'STOP') });
    expect(answer.status).toBe(200);
    return (await harness.db.doc(`sms_opt_outs/${id}`).get()).data() ?? {};
  };
  // Claim, failure, audit, reply, opt-out; then two queries that find nothing to cancel.
  const AS_EVER = [1, 1, 7];

  it('where nobody has asked for sealed contact data reads not one document more, and needs no key', async () => {
    await stop(newPhone());
    wire.take();
    const phone = newPhone();
    expect(await stop(phone)).toMatchObject({ phoneNumber: phone, status: 'opted_out' });
    const { calls, billed } = wire.take();
    expect([calls['BatchGetDocuments'], calls['Commit'], billed.reads]).toEqual(AS_EVER);
  });

  it('where it is sealed for good reads no more either, once its instance has seen the setting', async () => {
    await harness.db.doc('system_config/contact_data').set({ sealed: true, confirmed: true });
    const later = await harness.serve('twilioSmsReply');
    const [first, second] = [newPhone(), newPhone()];
    await stop(first, hashOf('sms', first), later);
    wire.take();
    const hash = hashOf('sms', second);
    expect(await stop(second, hash, later)).toMatchObject({ phoneNumber: hash, status: 'opted_out' });
    const { calls, billed } = wire.take();
    expect([calls['BatchGetDocuments'], calls['Commit'], billed.reads]).toEqual(AS_EVER);
  });
});

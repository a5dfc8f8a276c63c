import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { receiveSms } from '../../../support/sandboxTwilio';
import { seedFailedEvent } from '../../../support/seedFailedEvent';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';
import { inboundFields, newPhone, postAsTwilio } from '../../../support/twilioPost';

const MINUTE_MS = 60_000;

describe('a message in the list of Twilio that a webhook brings as well', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  let webhook: ServedFunction;
  let retries: ServedFunction;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
    [webhook, retries] = await Promise.all([harness.serve('twilioSmsReply'), harness.serve('retryWebhooks')]);
  });
  beforeEach(() => harness.travel(TUESDAY));
  afterAll(() => harness.stop());

  const reconcile = (): Promise<void> => harness.run(world.reconcileMessages);
  const claimOf = async (sid: string): Promise<unknown> =>
    (await world.read(`processed_events/twilio_${sid}`))['outcome'] ?? null;
  const optOutOf = async (phone: string): Promise<unknown> =>
    (await world.read(`sms_opt_outs/${phone}`))['status'];

  /** Somebody who is opted out writes this, and no webhook brings it yet. */
  async function written(body: string) {
    const phone = newPhone();
    await harness.db.doc(`sms_opt_outs/${phone}`).set({
      phoneNumber: phone,
      status: 'opted_out',
      optedOutAt: new Date('2020-11-20T10:00:00Z'),
    });
    const { sid } = await receiveSms(harness.sandbox, { from: phone, body, lose: true });
    return { phone, sid, fields: inboundFields(phone, body, sid) };
  }

  /** The webhook was verified, and failed. @param more of the record */
  const failed = (fields: Record<string, string>, more: object = {}) =>
    seedFailedEvent(
      harness.db,
      {
        source: 'twilio',
        eventId: fields['MessageSid'] ?? '',
        bytes: new URLSearchParams(fields).toString(),
      },
      {
        context: { webhook: 'sms_reply', outboxId: null },
        nextRetryAt: harness.now(),
        receivedAt: harness.now(),
        ...more,
      },
    );

  it('a YES whose webhook failed is left to the retry, which opts in', async () => {
    const { phone, sid, fields } = await written('YES');
    const row = await failed(fields);
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect([await claimOf(sid), (await world.row(row))['status']]).toEqual([null, 'pending_retry']);
    await harness.run(retries);
    expect([await claimOf(sid), (await world.row(row))['status']]).toEqual(['opted_in', 'resolved']);
    expect(await optOutOf(phone)).toBe('opted_in');
  });

  it.each(['retrying', 'dead_letter'])('a YES whose webhook failed and is %s is left', async (status) => {
    const { sid, fields } = await written('YES');
    await failed(fields, { status, nextRetryAt: null });
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect(await claimOf(sid)).toBeNull();
  });

  it('a YES that somebody has discarded is a reply', async () => {
    const { phone, sid, fields } = await written('YES');
    await failed(fields, { status: 'discarded', nextRetryAt: null });
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect([await claimOf(sid), await optOutOf(phone)]).toEqual(['reply', 'opted_out']);
  });

  it('a word that only the webhook knows for a STOP is left to the retry', async () => {
    const { phone, sid, fields } = await written('arrêt');
    await harness.db.doc(`sms_opt_outs/${phone}`).delete();
    await failed({ ...fields, OptOutType: 'STOP' });
    world.later(5 * MINUTE_MS);
    await reconcile();
    expect(await claimOf(sid)).toBeNull();
    await harness.run(retries);
    expect(await optOutOf(phone)).toBe('opted_out');
  });

  it('a STOP whose webhook failed is not left: it counts at once', async () => {
    const { phone, fields } = await written('STOP');
    await harness.db.doc(`sms_opt_outs/${phone}`).delete();
    const row = await failed(fields);
    await reconcile();
    expect([await optOutOf(phone), (await world.row(row))['status']]).toEqual(['opted_out', 'resolved']);
  });

  it('a YES of this minute is left to the webhook that may be on its way', async () => {
    const { phone, sid, fields } = await written('YES');
    world.later(MINUTE_MS);
    await reconcile();
    expect(await claimOf(sid)).toBeNull();
    expect((await postAsTwilio(webhook.origin, { path: 'sms-reply', fields })).status).toBe(200);
    expect([await claimOf(sid), await optOutOf(phone)]).toEqual(['opted_in', 'opted_in']);
  });

  it('a YES that no webhook has brought by then is found by a later run, and is a reply', async () => {
    const { phone, sid } = await written('YES');
    for (const minutes of [1, 4]) {
      world.later(minutes * MINUTE_MS);
      await reconcile();
    }
    expect([await claimOf(sid), await optOutOf(phone)]).toEqual(['reply', 'opted_out']);
  });
});

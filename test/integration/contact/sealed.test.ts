import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FieldValue } from 'firebase-admin/firestore';
import { type ContactWorld, type Owing, startContactWorld } from '../../support/contactWorld';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { localSetting } from '../../support/sandboxSettings';
import { hashOf } from '../../support/seedMessage';
import { emailEvent, postAsSendgrid } from '../../support/sendgridPost';
import { inboundFields, newMessageSid, postAsTwilio } from '../../support/twilioPost';

const SEALED = /^s1\.1\.[\w-]{16}\.[\w-]+$/;
/** Overdue by 15 days on the day of the harness: the level `firm`, by e-mail and text message. */
const FIRM = '2026-11-09';

describe('where contact data is sealed', () => {
  let world: ContactWorld;
  let folder: string;
  let uid: string;
  let owing: Owing;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recoup-keys-'));
    world = await startContactWorld();
    uid = await world.newFreelancer();
    owing = await world.newOwing(uid, FIRM);
  });
  afterAll(async () => {
    await world.harness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const reply = async (phone: string, body: string, sid = newMessageSid()) => {
    const { origin } = await world.served('twilioSmsReply');
    const answer = await postAsTwilio(origin, { path: 'sms-reply', fields: inboundFields(phone, body, sid) });
    expect(answer.status).toBe(200);
    return sid;
  };
  const firmOf = ({ invoiceId }: Owing, channel: string): string => `dunning_${invoiceId}_firm_${channel}`;

  it('client and invoice hold it sealed, with its hash and with what may be shown of it', async () => {
    const { clientId, invoiceId, email, phone } = owing;
    expect(await world.read(`clients/${clientId}`)).toMatchObject({
      email: expect.stringMatching(SEALED) as string,
      phone: expect.stringMatching(SEALED) as string,
      emailHash: hashOf('email', email),
      phoneHash: hashOf('sms', phone),
      emailMasked: 'd•••@c•••.example',
      phoneMasked: `+44•••${phone.slice(-3)}`,
    });
    const invoice = await world.read(`invoices/${invoiceId}`);
    expect(invoice).toMatchObject({
      clientEmail: expect.stringMatching(SEALED) as string,
      clientPhone: expect.stringMatching(SEALED) as string,
      clientEmailHash: hashOf('email', email),
      clientPhoneHash: hashOf('sms', phone),
    });
    expect(invoice['clientEmail']).not.toBe((await world.read(`clients/${clientId}`))['email']);
  });

  it('a message names its addressee, and goes to his address', async () => {
    const id = `invoice_${owing.invoiceId}`;
    expect(await world.read(`outbox/${id}`)).toMatchObject({
      addressee: 'debtor',
      recipientHash: hashOf('email', owing.email),
    });
    expect(Object.keys(await world.read(`outbox/${id}/private/content`))).toEqual(['params']);
    await world.dispatch('email', id);
    expect(await world.addressesOf(id)).toEqual([owing.email]);
  });

  it('the chase reminds on both channels', async () => {
    await world.harness.run(await world.served('processEscalations'));
    for (const channel of ['email', 'sms'] as const) {
      const id = firmOf(owing, channel);
      await world.dispatch(channel, id);
      expect([id, await world.addressesOf(id)]).toEqual([
        id,
        [channel === 'sms' ? owing.phone : owing.email],
      ]);
    }
  });

  it('the debtor pays and claims with his verified address, and nobody else does', async () => {
    const token = (email: string) => ({ email, email_verified: true });
    const { invoiceId, email } = owing;
    const session = (who: string) => world.call('createCheckoutSession', 'debtor', { invoiceId }, token(who));
    expect((await session('other@client.example')).error).toBe('PERMISSION_DENIED');
    expect((await session(email.toUpperCase())).error).toBeNull();
    const claim = { invoiceId, amount: 10_000, method: 'cash', paidOn: '2026-11-20' };
    expect((await world.call('claimPayment', 'debtor', claim, token('x@client.example'))).error).toBe(
      'PERMISSION_DENIED',
    );
    expect((await world.call('claimPayment', 'debtor', claim, token(email))).error).toBeNull();
    expect(await world.read(`payment_claims/${invoiceId}_1`)).toMatchObject({
      clientEmail: expect.stringMatching(SEALED) as string,
      clientEmailHash: hashOf('email', email),
    });
    const notice = `claim_to_verify_${invoiceId}_1`;
    expect(await world.read(`outbox/${notice}`)).toMatchObject({ addressee: 'freelancer' });
    await world.dispatch('email', notice);
    expect(await world.addressesOf(notice)).toEqual([`${uid}@studio.example`]);
  });

  it('an e-mail that bounces suppresses its address', async () => {
    const { origin } = await world.served('sendgridEvents');
    const outboxId = firmOf(owing, 'email');
    const answer = await postAsSendgrid(origin, [
      emailEvent('bounce', owing.email, { type: 'bounce', outboxId }),
    ]);
    expect(answer.status).toBe(200);
    expect(await world.read(`email_suppressions/${hashOf('email', owing.email)}`)).toMatchObject({
      status: 'suppressed',
    });
    expect(await world.read(`outbox/${outboxId}`)).toMatchObject({ reason: 'bounced' });
  });

  it('an answer is linked to the invoice by the hash of its number', async () => {
    const sid = await reply(owing.phone, 'When was this due?');
    expect(await world.read(`sms_replies/${sid}`)).toMatchObject({
      fromNumber: expect.stringMatching(SEALED) as string,
      fromNumberHash: hashOf('sms', owing.phone),
      messageBody: 'When was this due?',
      freelancerId: uid,
      invoiceId: owing.invoiceId,
    });
  });

  it('a STOP stands under the hash, and holds for every freelancer; START ends it', async () => {
    const { phone } = owing;
    const hash = hashOf('sms', phone);
    const sid = await reply(phone, 'STOP');
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({
      phoneNumber: hash,
      status: 'opted_out',
    });
    expect(await world.read(`sms_opt_out_audit/${sid}`)).toMatchObject({ phoneNumber: hash });
    const other = await world.newOwing(await world.newFreelancer(), FIRM, { phone });
    const ask = (requestId: string) =>
      world.call('sendCollectionsSms', other.uid, { invoiceId: other.invoiceId, requestId });
    const refused = await ask('one');
    expect([refused.error, refused.message]).toEqual([
      'PERMISSION_DENIED',
      expect.stringContaining('opted out') as string,
    ]);
    await reply(phone, 'START');
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({ status: 'opted_in' });
    expect((await ask('two')).error).toBeNull();
  });

  it('a "no" outlives its debtor\'s data and two new keys of the hashes', async () => {
    const gone = await world.newOwing(uid, FIRM);
    await reply(gone.phone, 'STOP');
    await world.harness.db.doc(`clients/${gone.clientId}`).delete();
    await world.harness.db
      .doc(`invoices/${gone.invoiceId}`)
      .update({ clientEmail: null, clientPhone: null, clientEmailHash: FieldValue.delete() });
    const keys = ['3:third-key-of-the-hashes-0123456789', '2:second-key-of-the-hashes-012345678'];
    const rotated = await withHashKeys(keys);
    const again = await rotated.newOwing(await world.newFreelancer(), FIRM, { phone: gone.phone });
    expect((await world.read(`invoices/${again.invoiceId}`))['clientPhoneHash']).toMatch(/^v3_/);
    const answer = await rotated.ask(again);
    expect([answer.error, answer.message]).toEqual([
      'PERMISSION_DENIED',
      expect.stringContaining('opted out') as string,
    ]);
    const { origin } = rotated.replies;
    await postAsTwilio(origin, { path: 'sms-reply', fields: inboundFields(gone.phone, 'START') });
    expect((await rotated.ask(again)).error).toBeNull();
  });

  /** The functions of a deployment with newer keys of the hashes, on the same data. */
  async function withHashKeys(keys: string[]) {
    const env = { ADDRESS_HASH_KEY: [...keys, `1:${localSetting('ADDRESS_HASH_KEY')}`].join(',') };
    const { harness } = world;
    const [clients, invoices, texts, replies] = await Promise.all([
      harness.serve('saveClient', env),
      harness.serve('sendInvoice', env),
      harness.serve('sendCollectionsSms', env),
      harness.serve('twilioSmsReply', env),
    ]);
    const through: ContactWorld['call'] = (name, who, data) =>
      harness.call({ saveClient: clients, sendInvoice: invoices }[name] ?? texts, who, data);
    let asked = 0;
    return {
      replies,
      newOwing: (who: string, dueDate: string, contact: object) =>
        world.newOwing(who, dueDate, contact, through),
      ask: ({ uid: who, invoiceId }: Owing) =>
        through('sendCollectionsSms', who, { invoiceId, requestId: `rotated-${(asked += 1)}` }),
    };
  }

  it('what fails is kept sealed, and opens for whoever tries it again', async () => {
    const sid = newMessageSid();
    const { origin } = await world.served('twilioSmsReply');
    // It says nothing of the number that it came to: nobody can use it.
    const fields = { MessageSid: sid, From: owing.phone, Body: 'hello' };
    expect((await postAsTwilio(origin, { path: 'sms-reply', fields })).status).toBe(200);
    const row = world.harness.db.doc(`failed_webhooks/twilio_${sid}`);
    expect((await row.get()).get('lastError.code')).toBe('unusable_event');
    await row.update({ status: 'pending_retry', nextRetryAt: new Date(0), 'lastError.code': 'none' });
    await world.harness.run(await world.served('retryWebhooks'));
    expect((await row.get()).data()).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unusable_event' },
    });
  });

  it('a sealed address opens only where it was sealed', async () => {
    const other = await world.newOwing(uid, FIRM);
    const stolen = (await world.read(`invoices/${owing.invoiceId}`))['clientEmail'];
    await world.harness.db.doc(`invoices/${other.invoiceId}`).update({ clientEmail: stolen });
    const id = `invoice_${other.invoiceId}`;
    await world.dispatch('email', id);
    expect(await world.read(`outbox/${id}`)).toMatchObject({
      status: 'failed',
      reason: 'contact_unreadable',
    });
    expect(await world.addressesOf(id)).toEqual([]);
  });

  it('another key of the provider opens nothing and changes nothing', async () => {
    const other = await world.newOwing(uid, FIRM);
    const id = `invoice_${other.invoiceId}`;
    const before = await world.read(`outbox/${id}`);
    const file = join(folder, 'another-key');
    writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const wrong = await world.harness.serve('sendEmail', { CONTACT_KEY: `file:${file}` });
    expect(await world.harness.dispatch(wrong, id)).toBe(500);
    expect(wrong.logTail(20)).toContain('Contact data can not be opened right now');
    expect(await world.read(`outbox/${id}`)).toEqual(before);
    await world.dispatch('email', id);
    expect(await world.addressesOf(id)).toEqual([other.email]);
  });

  it("without its freelancer's key nothing of it can be read any more", async () => {
    const other = await world.newOwing(await world.newFreelancer(), FIRM);
    await world.harness.db.doc(`data_keys/${other.uid}`).delete();
    const fresh = await world.harness.serve('sendEmail');
    const id = `invoice_${other.invoiceId}`;
    await world.harness.dispatch(fresh, id);
    expect(await world.read(`outbox/${id}`)).toMatchObject({
      status: 'failed',
      reason: 'contact_unreadable',
    });
  });

  it('nothing in the whole database holds an address of a debtor', async () => {
    const lines = await dumpOf(world.harness.db);
    expect(lines.length).toBeGreaterThan(40);
    const clear = lines.filter((line) => /@client\.example|\+4479\d{8}/i.test(line));
    expect(clear).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentData } from 'firebase-admin/firestore';
import { type ContactWorld, type Owing, startContactWorld } from '../../support/contactWorld';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { inboundFields, newMessageSid, postAsTwilio } from '../../support/twilioPost';
import { unsignedToken } from '../../support/unsignedToken';
import { callFunction } from '../../support/callFunction';

const FIRM = '2026-11-09';
const ADDRESS = /@client\.example|\+4479\d{8}/i;
const HOUR_MS = 60 * 60 * 1000;

describe('contact data that is there already', () => {
  let world: ContactWorld;
  let folder: string;
  let admin: string;
  let uid: string;
  let owing: Owing;
  let stopped: Owing;
  let stop: string;
  let before: Map<string, DocumentData | undefined>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recoup-keys-'));
    world = await startContactWorld(null);
    admin = newId('admin');
    await world.harness.db.doc(`users/${admin}`).set({ role: 'admin' });
    uid = await world.newFreelancer();
    [owing, stopped] = [await world.newOwing(uid, FIRM), await world.newOwing(uid, FIRM)];
    stop = await reply(stopped.phone, 'STOP');
    await reply(owing.phone, 'When was it due?');
    const { origin } = await world.served('twilioSmsReply');
    await postAsTwilio(origin, {
      path: 'sms-reply',
      fields: { MessageSid: newMessageSid(), From: owing.phone, Body: 'hello' },
    });
    before = await contactsNow();
  });
  afterAll(async () => {
    await world.harness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function reply(phone: string, body: string): Promise<string> {
    const sid = newMessageSid();
    const { origin } = await world.served('twilioSmsReply');
    await postAsTwilio(origin, { path: 'sms-reply', fields: inboundFields(phone, body, sid) });
    return sid;
  }
  const ask = (name: string, data: object) => world.call(name, admin, data, { admin: true });
  const migrate = (data: object) => ask('migrateContactData', data);

  /** What there is of the documents that hold addresses, by path. */
  async function contactsNow(): Promise<Map<string, DocumentData | undefined>> {
    const found = new Map<string, DocumentData | undefined>();
    for (const name of ['clients', 'invoices', 'sms_replies', 'sms_opt_outs', 'sms_opt_out_audit']) {
      for (const row of (await world.harness.db.collection(name).get()).docs)
        found.set(row.ref.path, row.data());
    }
    return found;
  }
  const clearLines = async (): Promise<string[]> =>
    (await dumpOf(world.harness.db)).filter((line) => ADDRESS.test(line));

  it('is counted by a dry run, which changes nothing', async () => {
    const answer = await migrate({ to: 'sealed', dryRun: true });
    expect([answer.error, answer.result]).toEqual([
      null,
      {
        done: true,
        waitMs: 0,
        cursor: null,
        counts: {
          'sms_opt_outs.changed': 1,
          'sms_opt_out_audit.changed': 1,
          'clients.changed': 2,
          'invoices.changed': 2,
          'sms_replies.changed': 1,
          'outbox.changed': 2,
          'failed_webhooks.changed': 1,
        },
      },
    ]);
    expect(await contactsNow()).toEqual(before);
    expect(await world.read('system_config/contact_data')).toEqual({});
  });

  it('is sealed, also by a process that is killed half-way and another that goes on', async () => {
    expect(await clearLines()).not.toEqual([]);
    const doomed = await world.harness.serve('migrateContactData', {
      RECOUP_CRASH_AT: 'contact.before-commit',
    });
    const token = unsignedToken(world.harness.projectId, admin, { admin: true });
    const answer = await callFunction(doomed.origin, { to: 'sealed' }, token).catch(() => null);
    expect(answer).toBeNull();
    await doomed.exited;
    expect((await migrate({ to: 'sealed' })).result).toMatchObject({ done: true });
    expect(await clearLines()).toEqual([]);
    expect((await migrate({ to: 'sealed', dryRun: true })).result).toMatchObject({ counts: {} });
    world.restart();
  });

  it('moves an opt-out to its hash in one commit, and the "no" holds', async () => {
    const hash = hashOf('sms', stopped.phone);
    expect(await world.read(`sms_opt_outs/${hash}`)).toMatchObject({
      phoneNumber: hash,
      status: 'opted_out',
    });
    expect(await world.read(`sms_opt_out_audit/${stop}`)).toMatchObject({ phoneNumber: hash });
    const asked = await ask('lookupOptOut', { phone: stopped.phone });
    expect(asked.result).toMatchObject({ status: 'opted_out', history: [{ id: stop, action: 'opt_out' }] });
    const { invoiceId } = stopped;
    const refused = await world.call('sendCollectionsSms', uid, { invoiceId, requestId: 'one' });
    expect([refused.error, refused.message]).toEqual([
      'PERMISSION_DENIED',
      expect.stringContaining('opted out') as string,
    ]);
  });

  it('goes on being written to, and is revealed to its freelancer alone, each time with a trace', async () => {
    const id = `invoice_${owing.invoiceId}`;
    await world.dispatch('email', id);
    expect(await world.addressesOf(id)).toEqual([owing.email]);
    const contact = { email: owing.email, phone: owing.phone };
    expect((await world.call('revealContact', uid, { clientId: owing.clientId })).result).toEqual(contact);
    expect((await world.call('revealContact', uid, { invoiceId: owing.invoiceId })).result).toEqual(contact);
    const other = await world.call('revealContact', 'another', { clientId: owing.clientId });
    expect(other.error).toBe('PERMISSION_DENIED');
    const rows = await world.harness.db.collection('audit_log').where('action', '==', 'revealContact').get();
    expect(rows.docs.map((row) => row.data())).toEqual([
      expect.objectContaining({ actorId: uid, allowed: true }),
      expect.objectContaining({ actorId: uid, allowed: true }),
    ]);
  });

  it('is not brought back with a key that does not open it, and nothing is changed', async () => {
    const sealed = await contactsNow();
    const file = join(folder, 'another-key');
    writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const wrong = await world.harness.serve('migrateContactData', { CONTACT_KEY: `file:${file}` });
    const token = unsignedToken(world.harness.projectId, admin, { admin: true });
    const answer = await callFunction(wrong.origin, { to: 'clear' }, token);
    expect([answer.error, answer.message]).toEqual([
      'UNAVAILABLE',
      'Contact data can not be opened right now.',
    ]);
    expect(await contactsNow()).toEqual(sealed);
    expect(await world.read('system_config/contact_data')).toMatchObject({ sealed: true });
  });

  it('is brought back as it was', async () => {
    expect((await migrate({ to: 'clear' })).result).toMatchObject({ done: true });
    expect(await contactsNow()).toEqual(before);
    expect(await world.read('system_config/contact_data')).toMatchObject({ sealed: false, reverting: false });
  });

  it('is sealed again for good, and can not be brought back then', async () => {
    expect((await migrate({ to: 'settled' })).error).toBe('FAILED_PRECONDITION');
    expect((await migrate({ to: 'sealed' })).result).toMatchObject({ done: true });
    expect((await migrate({ to: 'settled' })).result).toMatchObject({ done: true });
    expect(await clearLines()).toEqual([]);
    const hash = hashOf('sms', stopped.phone);
    expect(Object.keys(await world.read(`sms_opt_outs/${hash}`))).not.toContain('numberSealed');
    expect(Object.keys(await world.read(`sms_opt_out_audit/${stop}`))).not.toContain('numberSealed');
    const answer = await migrate({ to: 'clear' });
    expect([answer.error, answer.message]).toEqual([
      'FAILED_PRECONDITION',
      'It was confirmed that contact data is sealed: that can not be undone.',
    ]);
    world.restart();
    const late = await reply(owing.phone, 'STOP');
    expect(Object.keys(await world.read(`sms_opt_out_audit/${late}`))).not.toContain('numberSealed');
  });

  it('is sealed with a new key, and the one before goes once nobody uses it', async () => {
    const rotate = () => ask('rotateDataKey', { owner: uid });
    expect((await rotate()).result).toMatchObject({
      version: 2,
      done: true,
      retired: false,
      counts: { 'clients.changed': 2, 'invoices.changed': 2 },
    });
    const client = await world.read(`clients/${owing.clientId}`);
    expect(client['email']).toMatch(/^s1\.2\./);
    expect((await rotate()).result).toMatchObject({ version: 2, retired: false, counts: {} });
    world.harness.travel(new Date(world.harness.now().getTime() + 2 * HOUR_MS));
    expect((await rotate()).result).toMatchObject({ version: 2, retired: true });
    const keys = await world.read(`data_keys/${uid}`);
    expect([keys['current'], Object.keys(keys['keys'] as object)]).toEqual([2, ['2']]);
    const id = `invoice_${stopped.invoiceId}`;
    await world.dispatch('email', id);
    expect(await world.addressesOf(id)).toEqual([stopped.email]);
  });

  it('the keys of the hashes are listed with what still uses them', async () => {
    const { result } = await ask('listHashKeys', {});
    expect(result['keys']).toMatchObject([{ version: 1, writes: true, live: true }]);
    expect(JSON.stringify(result)).toContain('sms_opt_outs.id');
  });

  it('is for admins', async () => {
    for (const name of ['migrateContactData', 'rotateDataKey', 'listHashKeys']) {
      const data = { migrateContactData: { to: 'clear' }, rotateDataKey: { owner: uid } }[name] ?? {};
      const answer = await world.call(name, uid, data);
      expect([name, answer.error]).toEqual([name, 'PERMISSION_DENIED']);
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportPage, exportPageSchema } from '../../../functions/src/domain/privacy/exportFormat';
import { addressHash } from '../../../functions/src/platform/addressHash';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { type ContactWorld } from '../../support/contactWorld';
import { TUESDAY } from '../../support/messageHarness';
import {
  dataAt,
  FIRM,
  KEEP_HASHES,
  type RightsWorld,
  SEALED_TRACE,
  startRightsWorld,
  well,
} from '../../support/rightsWorld';
import { localSetting } from '../../support/sandboxSettings';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 3_600_000;
const CALL = 'requestDebtorRights';

describe('rights, and the keys of contact data', () => {
  let world: RightsWorld;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recoup-keys-'));
    world = await startRightsWorld();
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(async () => {
    await world.harness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a "no" and a request hold under two newer keys of the hashes, and what was asked is asked once', async () => {
    const { harness } = world;
    const { email, sealed } = await world.seedDebtor(false);
    const before = await harness.serve(CALL);
    await world.ask(before, email, 'objection');
    await world.ask(before, email, 'erasure');
    const keys = ['3:third-key-of-the-hashes-0123456789', '2:second-key-of-the-hashes-012345678'];
    const env = { ADDRESS_HASH_KEY: [...keys, `1:${localSetting('ADDRESS_HASH_KEY')}`].join(',') };
    const [rights, job, clients, invoices, emails, claims] = await Promise.all(
      [CALL, 'closeAccounts', 'saveClient', 'sendInvoice', 'sendEmail', 'exportMyData'].map((name) =>
        harness.serve(name, env),
      ),
    );
    if (rights === undefined || job === undefined || emails === undefined) throw new Error('not served');
    expect(dataAt(await world.see(rights, email), `invoices/${sealed.invoiceId}`)).toMatchObject({
      clientEmail: email,
    });
    expect(await world.ask(rights, email, 'objection')).toMatchObject({ status: 'done' });
    expect(await world.ask(rights, email, 'erasure')).toMatchObject({ status: 'waiting', openInvoices: 1 });
    expect(await world.events(email)).toHaveLength(3);

    // Whoever invoices that address anew does so under the third key, and it is written to no more.
    const through: ContactWorld['call'] = (name, uid, data) => {
      const served = name === 'saveClient' ? clients : invoices;
      return harness.call(served ?? emails, uid, data);
    };
    const again = await world.newOwing(await world.newFreelancer(), FIRM, { email }, through);
    expect((await world.read(`invoices/${again.invoiceId}`))['clientEmailHash']).toMatch(/^v3_/);
    const item = `invoice_${again.invoiceId}`;
    await harness.dispatch(emails, item);
    expect(await world.read(`outbox/${item}`)).toMatchObject({ status: 'suppressed' });
    expect(await world.addressesOf(item)).toEqual([]);

    for (const { invoiceId } of [sealed, again])
      await harness.db.doc(`invoices/${invoiceId}`).update({ status: 'paid' });
    harness.travel(new Date(Date.parse(TUESDAY) + 1.1 * DAY_MS));
    await harness.run(job);
    expect(await world.events(email)).toContain('debtor_erasure done');
    const third = addressHash('third-key-of-the-hashes-0123456789', 'email', email, 3);
    const lines = await dumpOf(harness.db);
    const holding = lines.filter((line) => line.includes(email) || line.includes(third));
    expect(holding.filter((line) => !KEEP_HASHES.some((kept) => line.startsWith(kept)))).toEqual([]);

    // His own address, as a freelancer: a "no" under the first key is found under the third.
    if (claims === undefined) throw new Error('not served');
    const exported = exportPageSchema.parse(well(await world.callAs(claims, email, { cursor: null })));
    expect(exported.records.map(({ collection }) => collection)).toEqual(['email_suppressions']);
  });

  it('an objection holds although no key can be had, and the rest is to be asked for again', async () => {
    const { email } = await world.seedDebtor(false);
    // By now nobody's key is there, and was wrapped by the right one.
    await world.ask(await world.served(CALL), `${newId('debtor')}@client.example`, 'objection');
    const file = join(folder, 'another-key');
    writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const wrong = await world.harness.serve(CALL, { CONTACT_KEY: `file:${file}` });
    const answer = await world.callAs(wrong, email, { kind: 'objection' });
    expect(answer.error).toBe('UNAVAILABLE');
    expect(await world.read(`email_suppressions/${hashOf('email', email)}`)).toMatchObject({
      status: 'suppressed',
    });
    expect(await world.events(email)).toEqual([]);
    expect(await world.ask(await world.served(CALL), email, 'objection')).toMatchObject({ status: 'done' });
    expect(await world.events(email)).toEqual(['debtor_objection done', 'debtor_objection requested']);
  });

  it("a freelancer gets his clients' contact data opened; once his account is erased, its key is gone too", async () => {
    const { db } = world.harness;
    const { email, sealed } = await world.seedDebtor(false);
    const { uid, clientId, invoiceId, phone } = sealed;
    const exported = async (): Promise<ExportPage> =>
      exportPageSchema.parse(
        well(await world.harness.call(await world.served('exportMyData'), uid, { cursor: null })),
      );
    const page = await exported();
    expect(page.notes).toEqual([]);
    expect(dataAt(page, `clients/${clientId}`)).toMatchObject({ email, phone });
    expect(dataAt(page, `invoices/${invoiceId}`)).toMatchObject({ clientEmail: email, clientPhone: phone });
    expect(dataAt(page, `payment_claims/${invoiceId}_1`)).toMatchObject({ clientEmail: email });
    expect(page.records.find(({ collection }) => collection === 'sms_replies')?.data).toMatchObject({
      fromNumber: phone,
      messageBody: 'I am ill',
    });
    expect(JSON.stringify(page.records)).not.toMatch(SEALED_TRACE);
    expect(JSON.stringify(page.records)).not.toMatch(/Hash|Masked|wrapped/);

    const at = new Date(TUESDAY);
    await db.doc(`users/${uid}`).update({
      status: 'closed',
      closing: {
        by: 'user',
        requestedAt: at,
        closesAt: null,
        saidAt: at.getTime(),
        statusBefore: 'active',
        startedAt: at,
        tellingSince: at,
        closedAt: at,
        erasesAt: at,
      },
    });
    const other = await world.newOwing(await world.newFreelancer(), FIRM);
    const job = await world.served('closeAccounts');
    // One run may still go on with what came in meanwhile.
    await world.harness.run(job);
    expect(await world.read(`data_keys/${uid}`)).toEqual({});
    expect(await world.read(`data_keys/${other.uid}`)).toMatchObject({ current: 1 });
    expect(await world.read(`users/${uid}`)).toMatchObject({ closing: { erasesAt: null } });
    expect(await world.read(`invoices/${invoiceId}`)).toMatchObject({
      clientName: 'Dora Debtor',
      amount: 10_000,
      clientEmail: null,
      clientPhone: null,
    });
    for (const path of [`invoices/${invoiceId}`, `payment_claims/${invoiceId}_1`])
      expect([path, JSON.stringify(await world.read(path))]).toEqual([
        path,
        expect.not.stringMatching(SEALED_TRACE) as string,
      ]);
  });

  it('what cannot be opened any more is exported as null, with a note that says where', async () => {
    const { uid, clientId, invoiceId } = await world.newOwing(await world.newFreelancer(), FIRM);
    await world.harness.db.doc(`data_keys/${uid}`).delete();
    const fresh = await world.harness.serve('exportMyData');
    const page = exportPageSchema.parse(well(await world.harness.call(fresh, uid, { cursor: null })));
    expect(dataAt(page, `clients/${clientId}`)).toMatchObject({ email: null, phone: null });
    expect(dataAt(page, `invoices/${invoiceId}`)).toMatchObject({ clientEmail: null, clientPhone: null });
    expect(page.notes).toEqual([
      expect.stringMatching(
        `can not be read any more.*: clients/${clientId}, invoices/${invoiceId}$`,
      ) as string,
    ]);
  });
});

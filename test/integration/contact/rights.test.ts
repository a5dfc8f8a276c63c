import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentData } from 'firebase-admin/firestore';
import {
  type AccessPage,
  accessPageSchema,
  type RequestAnswer,
  requestAnswerSchema,
} from '../../../functions/src/domain/privacy/debtorRights';
import { type ExportPage, exportPageSchema } from '../../../functions/src/domain/privacy/exportFormat';
import { addressHash } from '../../../functions/src/platform/addressHash';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type CallAnswer, callFunction } from '../../support/callFunction';
import { debtorClaims } from '../../support/callWorld';
import { type ContactWorld, type Owing, startContactWorld } from '../../support/contactWorld';
import { TUESDAY } from '../../support/messageHarness';
import { localSetting } from '../../support/sandboxSettings';
import { seedChase, type SeededChase } from '../../support/seedChase';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { inboundFields, newMessageSid, postAsTwilio } from '../../support/twilioPost';
import { unsignedToken } from '../../support/unsignedToken';

const DAY_MS = 24 * 3_600_000;
const FIRM = '2026-11-09';
const CALL = 'requestDebtorRights';
/** Whatever tells of an address where it is sealed. */
const SEALED_TRACE = /"s1\.\d|v\d+_[0-9a-f]{64}|•••/;
/** Of an address that is erased its keyed hash stays here: so that "no" holds, as proof, and with what is due to expire. */
const KEEP_HASHES = [
  'email_suppressions/',
  'data_deletion_requests/',
  'debtor_requests/',
  'outbox/',
  'recipients/',
];

describe('rights where contact data is sealed', () => {
  let world: ContactWorld;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recoup-keys-'));
    world = await startContactWorld();
  });
  beforeEach(async () => {
    world.harness.travel(TUESDAY);
    await world.harness.db.doc('system_config/contact_data').set({ sealed: true });
  });
  afterAll(async () => {
    await world.harness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const callAs = (served: ServedFunction, email: string, data: object): Promise<CallAnswer> =>
    callFunction(
      served.origin,
      data,
      unsignedToken(world.harness.projectId, `uid-${email}`, debtorClaims(email)),
    );
  const well = ({ error, message, result }: CallAnswer): CallAnswer['result'] => {
    expect([error, message]).toEqual([null, '']);
    return result;
  };
  const see = async (served: ServedFunction, email: string): Promise<AccessPage> =>
    accessPageSchema.parse(well(await callAs(served, email, { kind: 'access' })));
  const ask = async (
    served: ServedFunction,
    email: string,
    kind: 'erasure' | 'objection',
  ): Promise<RequestAnswer> => requestAnswerSchema.parse(well(await callAs(served, email, { kind })));
  const dataAt = ({ records }: AccessPage | ExportPage, path: string): DocumentData | undefined =>
    records.find((record) => record.path === path)?.data;
  const events = async (email: string): Promise<string[]> =>
    (
      await world.harness.db
        .collection('data_deletion_requests')
        .where('addressHash', '==', hashOf('email', email))
        .get()
    ).docs
      .map((row) => `${String(row.get('kind'))} ${String(row.get('event'))}`)
      .sort();

  interface Debtor {
    readonly email: string;
    /** Sealed, with a claim and an answer by text message. */
    readonly sealed: Owing;
    /** Of another freelancer, from before contact data was sealed. */
    readonly clear: SeededChase | null;
  }

  async function seedDebtor(hasClear: boolean): Promise<Debtor> {
    const email = `${newId('debtor')}@client.example`;
    const sealed = await world.newOwing(await world.newFreelancer(), FIRM, { email });
    const claim = { invoiceId: sealed.invoiceId, amount: 10_000, method: 'cash', paidOn: '2026-11-20' };
    well(await world.call('claimPayment', `uid-${email}`, claim, debtorClaims(email)));
    const { origin } = await world.served('twilioSmsReply');
    const fields = inboundFields(sealed.phone, 'I am ill', newMessageSid());
    await postAsTwilio(origin, { path: 'sms-reply', fields });
    const clear = hasClear
      ? await seedChase(world.harness.db, { invoice: { clientEmail: email }, client: { email } })
      : null;
    return { email, sealed, clear };
  }

  it.each([
    ['sealed, and can be brought back', { sealed: true }, true],
    ['being brought back', { sealed: false, reverting: true }, true],
    ['sealed for good', { sealed: true, confirmed: true }, false],
  ])(
    'where it is %s a debtor sees what is his, objects, and is erased, and nothing of his address is left',
    async (_, setting, hasClear) => {
      const { harness } = world;
      const { db } = harness;
      const { email, sealed, clear } = await seedDebtor(hasClear);
      const stranger = await world.newOwing(sealed.uid, FIRM);
      await db.doc('system_config/contact_data').set(setting);
      const [rights, job] = await Promise.all([harness.serve(CALL), harness.serve('closeAccounts')]);

      const page = await see(rights, email);
      expect(page.notes.join(' ')).not.toContain('can not be read');
      expect(page.records.map(({ path }) => path)).toEqual([
        ...[
          `invoices/${sealed.invoiceId}`,
          ...(clear === null ? [] : [`invoices/${clear.invoiceId}`]),
        ].sort(),
        `payment_claims/${sealed.invoiceId}_1`,
        ...[`clients/${sealed.clientId}`, ...(clear === null ? [] : [`clients/${clear.clientId}`])].sort(),
      ]);
      const contact = { clientEmail: email, clientPhone: sealed.phone };
      expect(dataAt(page, `invoices/${sealed.invoiceId}`)).toMatchObject(contact);
      expect(dataAt(page, `payment_claims/${sealed.invoiceId}_1`)).toMatchObject({ clientEmail: email });
      expect(dataAt(page, `clients/${sealed.clientId}`)).toMatchObject({ email, phone: sealed.phone });
      if (clear !== null)
        expect(dataAt(page, `clients/${clear.clientId}`)).toMatchObject({ email, phone: clear.phone });
      const text = JSON.stringify(page);
      expect(text).not.toMatch(SEALED_TRACE);
      for (const other of [stranger.email, stranger.phone]) expect(text).not.toContain(other);

      expect(await ask(rights, email, 'objection')).toMatchObject({ status: 'done' });
      const hash = hashOf('email', email);
      expect(await world.read(`email_suppressions/${hash}`)).toMatchObject({ status: 'suppressed' });
      for (const { clientId } of [sealed, ...(clear === null ? [] : [clear])])
        expect((await world.read(`clients/${clientId}`))['contactPermissions']).toMatchObject({
          email: { status: 'withdrawn' },
          sms: { status: 'withdrawn' },
        });

      // Open: what the claim needs stays, and the request knows whose it is.
      await db.doc(`clients/${stranger.clientId}`).update({ note: 'stays' });
      expect(await ask(rights, email, 'erasure')).toMatchObject({ status: 'waiting' });
      const request = await world.read(`debtor_requests/erasure_${hash}`);
      if (setting.sealed)
        expect(request).toMatchObject({
          email: expect.stringMatching(/^s1\.1\./) as string,
          emailHash: hash,
          emailMasked: 'd•••@c•••.example',
        });
      else expect(request).toMatchObject({ email });
      expect(await world.read(`invoices/${sealed.invoiceId}`)).toMatchObject({ clientEmailHash: hash });

      for (const { invoiceId } of [sealed, ...(clear === null ? [] : [clear])])
        await db.doc(`invoices/${invoiceId}`).update({ status: 'paid' });
      harness.travel(new Date(Date.parse(TUESDAY) + 1.1 * DAY_MS));
      await harness.run(job);
      expect(await events(email)).toEqual([
        'debtor_erasure done',
        'debtor_erasure requested',
        'debtor_objection done',
        'debtor_objection requested',
      ]);
      await expectNothingLeft(
        [email, sealed.phone, ...(clear === null ? [] : [clear.phone])],
        [
          `invoices/${sealed.invoiceId}`,
          `payment_claims/${sealed.invoiceId}_1`,
          `clients/${sealed.clientId}`,
          ...(clear === null ? [] : [`invoices/${clear.invoiceId}`, `clients/${clear.clientId}`]),
          `debtor_requests/erasure_${hash}`,
          `debtor_requests/objection_${hash}`,
        ],
      );
      // Somebody else's is as it was.
      expect(await world.read(`invoices/${stranger.invoiceId}`)).toMatchObject({
        clientEmailHash: hashOf('email', stranger.email),
      });
      expect(await ask(rights, email, 'erasure')).toMatchObject({ status: 'done' });
      expect(await events(email)).toHaveLength(4);
    },
  );

  /** Looks through the whole database; and through what was stripped for anything that was sealed. */
  async function expectNothingLeft(addresses: readonly string[], stripped: readonly string[]): Promise<void> {
    const dump = await dumpOf(world.harness.db);
    const hashes = addresses.map((address) => hashOf(address.startsWith('+') ? 'sms' : 'email', address));
    const pathOf = (line: string): string => line.slice(0, line.indexOf(' '));
    expect(dump.filter((line) => addresses.some((address) => line.includes(address)))).toEqual([]);
    const hashed = dump.filter((line) => hashes.some((hash) => line.includes(hash)));
    expect(hashed.map(pathOf).filter((path) => !KEEP_HASHES.some((kept) => path.startsWith(kept)))).toEqual(
      [],
    );
    const replies = dump.filter(
      (line) => line.startsWith('sms_replies/') && line.includes(stripped[0]?.slice(9) ?? '-'),
    );
    expect(replies).toHaveLength(1);
    const rows = dump.filter((line) => stripped.includes(pathOf(line)));
    expect(rows).toHaveLength(stripped.length);
    for (const line of [...rows, ...replies]) {
      const { addressHash: kept, ...row } = JSON.parse(line.slice(line.indexOf(' ') + 1)) as DocumentData;
      expect([pathOf(line), JSON.stringify(row)]).toEqual([
        pathOf(line),
        expect.not.stringMatching(SEALED_TRACE) as string,
      ]);
      expect(kept === undefined || hashes.includes(String(kept))).toBe(true);
    }
  }

  it('finds each row once, in whichever form, however many there are, and goes on behind any of them', async () => {
    const { db } = world.harness;
    const email = `${newId('debtor')}@client.example`;
    const batch = db.batch();
    const paths = Array.from({ length: 130 }, (_, n) => `payment_claims/many-${String(n).padStart(3, '0')}`);
    for (const [n, path] of paths.entries()) {
      const isClear = n % 3 === 0 || (n > 60 && n < 120);
      const address = isClear
        ? { clientEmail: email }
        : { clientEmail: null, clientEmailHash: hashOf('email', email) };
      batch.set(db.doc(path), { freelancerId: 'nobody', amount: n, ...address });
    }
    await batch.commit();
    const rights = await world.served(CALL);
    expect((await see(rights, email)).records.map(({ path }) => path)).toEqual(paths);
    for (const from of [0, 52, 70, 128]) {
      const cursor = Buffer.from(JSON.stringify(['payment_claims', paths[from]])).toString('base64url');
      const page = accessPageSchema.parse(well(await callAs(rights, email, { kind: 'access', cursor })));
      expect(page.records.map(({ path }) => path)).toEqual(paths.slice(from + 1));
    }
  });

  it("a row that holds another's address after all is not shown, nor is what does not open where it stands", async () => {
    const { db } = world.harness;
    const rights = await world.harness.serve(CALL);
    const { email, sealed } = await seedDebtor(false);
    const [other, moved] = [await world.newOwing(sealed.uid, FIRM), await world.newOwing(sealed.uid, FIRM)];
    await db.doc(`invoices/${other.invoiceId}`).update({ clientEmailHash: hashOf('email', email) });
    const { clientEmail } = await world.read(`invoices/${sealed.invoiceId}`);
    await db
      .doc(`invoices/${moved.invoiceId}`)
      .update({ clientEmail, clientEmailHash: hashOf('email', email) });
    const page = await see(rights, email);
    expect(dataAt(page, `invoices/${other.invoiceId}`)).toBeUndefined();
    expect(dataAt(page, `invoices/${moved.invoiceId}`)).toMatchObject({
      clientEmail: null,
      clientPhone: null,
    });
    const [note] = page.notes.slice(-1);
    expect(note).toMatch(new RegExp(`can not be read any more.*: invoices/${moved.invoiceId}$`));
    const text = JSON.stringify(page);
    for (const address of [other.email, other.phone, moved.phone]) expect(text).not.toContain(address);
  });

  it('a "no" and a request hold under two newer keys of the hashes, and what was asked is asked once', async () => {
    const { harness } = world;
    const { email, sealed } = await seedDebtor(false);
    const before = await harness.serve(CALL);
    await ask(before, email, 'objection');
    await ask(before, email, 'erasure');
    const keys = ['3:third-key-of-the-hashes-0123456789', '2:second-key-of-the-hashes-012345678'];
    const env = { ADDRESS_HASH_KEY: [...keys, `1:${localSetting('ADDRESS_HASH_KEY')}`].join(',') };
    const [rights, job, clients, invoices, emails, claims] = await Promise.all(
      [CALL, 'closeAccounts', 'saveClient', 'sendInvoice', 'sendEmail', 'exportMyData'].map((name) =>
        harness.serve(name, env),
      ),
    );
    if (rights === undefined || job === undefined || emails === undefined) throw new Error('not served');
    expect(dataAt(await see(rights, email), `invoices/${sealed.invoiceId}`)).toMatchObject({
      clientEmail: email,
    });
    expect(await ask(rights, email, 'objection')).toMatchObject({ status: 'done' });
    expect(await ask(rights, email, 'erasure')).toMatchObject({ status: 'waiting', openInvoices: 1 });
    expect(await events(email)).toHaveLength(3);

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
    expect(await events(email)).toContain('debtor_erasure done');
    const third = addressHash('third-key-of-the-hashes-0123456789', 'email', email, 3);
    const lines = await dumpOf(harness.db);
    const holding = lines.filter((line) => line.includes(email) || line.includes(third));
    expect(holding.filter((line) => !KEEP_HASHES.some((kept) => line.startsWith(kept)))).toEqual([]);

    // His own address, as a freelancer: a "no" under the first key is found under the third.
    if (claims === undefined) throw new Error('not served');
    const exported = exportPageSchema.parse(well(await callAs(claims, email, { cursor: null })));
    expect(exported.records.map(({ collection }) => collection)).toEqual(['email_suppressions']);
  });

  it('an objection holds although no key can be had, and the rest is to be asked for again', async () => {
    const { email } = await seedDebtor(false);
    // By now nobody's key is there, and was wrapped by the right one.
    await ask(await world.served(CALL), `${newId('debtor')}@client.example`, 'objection');
    const file = join(folder, 'another-key');
    writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const wrong = await world.harness.serve(CALL, { CONTACT_KEY: `file:${file}` });
    const answer = await callAs(wrong, email, { kind: 'objection' });
    expect(answer.error).toBe('UNAVAILABLE');
    expect(await world.read(`email_suppressions/${hashOf('email', email)}`)).toMatchObject({
      status: 'suppressed',
    });
    expect(await events(email)).toEqual([]);
    expect(await ask(await world.served(CALL), email, 'objection')).toMatchObject({ status: 'done' });
    expect(await events(email)).toEqual(['debtor_objection done', 'debtor_objection requested']);
  });

  it("a freelancer gets his clients' contact data opened; once his account is erased, its key is gone too", async () => {
    const { db } = world.harness;
    const { email, sealed } = await seedDebtor(false);
    const { uid, clientId, invoiceId, phone } = sealed;
    const exported = async (): Promise<ExportPage> =>
      exportPageSchema.parse(
        well(
          await callFunction(
            (await world.served('exportMyData')).origin,
            {},
            unsignedToken(world.harness.projectId, uid),
          ),
        ),
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

import { type DocumentData } from 'firebase-admin/firestore';
import { dumpOf } from '../../../local/sample-day/dumpOf';
import { accessPageSchema } from '../../../functions/src/domain/privacy/debtorRights';
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
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 3_600_000;
const CALL = 'requestDebtorRights';

describe('rights where contact data is sealed', () => {
  let world: RightsWorld;
  beforeAll(async () => {
    world = await startRightsWorld();
  });
  beforeEach(async () => {
    world.harness.travel(TUESDAY);
    await world.harness.db.doc('system_config/contact_data').set({ sealed: true });
  });
  afterAll(() => world.harness.stop());

  it.each([
    ['sealed, and can be brought back', { sealed: true }, true],
    ['being brought back', { sealed: false, reverting: true }, true],
    ['sealed for good', { sealed: true, confirmed: true }, false],
  ])(
    'where it is %s a debtor sees what is his, objects, and is erased, and nothing of his address is left',
    async (_, setting, hasClear) => {
      const { harness } = world;
      const { db } = harness;
      const { email, sealed, clear } = await world.seedDebtor(hasClear);
      const stranger = await world.newOwing(sealed.uid, FIRM);
      await db.doc('system_config/contact_data').set(setting);
      const [rights, job] = await Promise.all([harness.serve(CALL), harness.serve('closeAccounts')]);

      const page = await world.see(rights, email);
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

      expect(await world.ask(rights, email, 'objection')).toMatchObject({ status: 'done' });
      const hash = hashOf('email', email);
      expect(await world.read(`email_suppressions/${hash}`)).toMatchObject({ status: 'suppressed' });
      for (const { clientId } of [sealed, ...(clear === null ? [] : [clear])])
        expect((await world.read(`clients/${clientId}`))['contactPermissions']).toMatchObject({
          email: { status: 'withdrawn' },
          sms: { status: 'withdrawn' },
        });

      // Open: what the claim needs stays, and the request knows whose it is.
      await db.doc(`clients/${stranger.clientId}`).update({ note: 'stays' });
      expect(await world.ask(rights, email, 'erasure')).toMatchObject({ status: 'waiting' });
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
      expect(await world.events(email)).toEqual([
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
      expect(await world.ask(rights, email, 'erasure')).toMatchObject({ status: 'done' });
      expect(await world.events(email)).toHaveLength(4);
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
    expect((await world.see(rights, email)).records.map(({ path }) => path)).toEqual(paths);
    for (const from of [0, 52, 70, 128]) {
      const cursor = Buffer.from(JSON.stringify(['payment_claims', paths[from]])).toString('base64url');
      const page = accessPageSchema.parse(
        well(await world.callAs(rights, email, { kind: 'access', cursor })),
      );
      expect(page.records.map(({ path }) => path)).toEqual(paths.slice(from + 1));
    }
  });

  it("a row that holds another's address after all is not shown, nor is what does not open where it stands", async () => {
    const { db } = world.harness;
    const rights = await world.harness.serve(CALL);
    const { email, sealed } = await world.seedDebtor(false);
    const [other, moved] = [await world.newOwing(sealed.uid, FIRM), await world.newOwing(sealed.uid, FIRM)];
    await db.doc(`invoices/${other.invoiceId}`).update({ clientEmailHash: hashOf('email', email) });
    const { clientEmail } = await world.read(`invoices/${sealed.invoiceId}`);
    await db
      .doc(`invoices/${moved.invoiceId}`)
      .update({ clientEmail, clientEmailHash: hashOf('email', email) });
    const page = await world.see(rights, email);
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
});

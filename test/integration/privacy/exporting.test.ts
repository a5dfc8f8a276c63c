import { dataEntries } from '../../../functions/src/domain/privacy/dataMap';
import { type ExportPage, exportPageSchema } from '../../../functions/src/domain/privacy/exportFormat';
import { addressHash } from '../../../functions/src/platform/addressHash';
import { readFunctionsEnvironment } from '../../../local/stack/readFunctionsEnvironment';
import { debtorClaims, type CallWorld, startCallWorld } from '../../support/callWorld';
import { markOf, seedEverything } from '../../support/seedEverything';
import { newId } from '../../support/stripeEvents';

describe('a freelancer who asks for his data', () => {
  let world: CallWorld;
  beforeAll(async () => {
    world = await startCallWorld('exportMyData');
  });
  afterAll(() => world.harness.stop());

  const pageOf = async (uid: string, cursor: string | null, claims = {}): Promise<ExportPage> => {
    const answer = await world.call('exportMyData', uid, { cursor }, claims);
    expect(answer.error).toBeNull();
    return exportPageSchema.parse(answer.result);
  };

  async function allPages(uid: string): Promise<ExportPage[]> {
    const pages = [await pageOf(uid, null)];
    for (let next = pages[0]?.nextCursor; next != null; next = pages.at(-1)?.nextCursor)
      pages.push(await pageOf(uid, next));
    return pages;
  }

  it('gets every row that is his in every collection, and no row or field of anybody else or of the server', async () => {
    const { db } = world.harness;
    const [uid, other] = [newId('user'), newId('user')];
    const secret = { recipientHash: 'v1_of-somebody', contentHash: 'sha-of-a-text' };
    const paths = await seedEverything(db, uid, { outbox: secret, stripe_customers: { syncSeq: 7 } });
    await seedEverything(db, other);
    // Not his, although it names him in another place.
    await db.doc('clients/of-another').set({ freelancerId: other, name: uid });

    const [page, ...further] = await allPages(uid);
    expect(further).toEqual([]);
    const got: Record<string, string[]> = {};
    for (const { collection, path } of page?.records ?? []) (got[collection] ??= []).push(path);
    const expected = Object.fromEntries(
      dataEntries.flatMap(([name, { export: rule, owner }]) =>
        'not' in rule || owner?.by === 'address' ? [] : [[name, paths[name]?.sort()]],
      ),
    );
    for (const list of Object.values(got)) list.sort();
    expect(got).toEqual(expected);
    for (const { path, data } of page?.records ?? [])
      expect([path, data['note'], data['createdAt']]).toEqual([
        path,
        markOf(uid),
        '2026-03-02T09:00:00.123Z',
      ]);
    const text = JSON.stringify(page);
    for (const gone of [other, ...Object.values(secret), 'syncSeq'])
      expect([gone, text.includes(gone)]).toEqual([gone, false]);
    // What it is for, and what is left out and why, comes along.
    expect(page?.about.map(({ collection }) => collection)).toEqual(
      dataEntries.flatMap(([name, { holds }]) => (holds === null ? [] : [name])),
    );
    expect(page?.about.find(({ collection }) => collection === 'sms_opt_outs')?.leftOut).toMatch(/addresses/);
  });

  it('is told whether his own verified address is one that is not written to, and only of a verified one', async () => {
    const { db } = world.harness;
    const [uid, email] = [newId('user'), `${newId('owner')}@studio.example`];
    const hash = addressHash(readFunctionsEnvironment()['ADDRESS_HASH_KEY'] ?? '', 'email', email);
    await db
      .doc(`email_suppressions/${hash}`)
      .set({ status: 'suppressed', reason: 'bounce', since: new Date() });
    const found = async (verified: boolean): Promise<string[]> =>
      (await pageOf(uid, null, debtorClaims(email, verified))).records.map(({ collection }) => collection);
    expect(await found(true)).toEqual(['email_suppressions']);
    expect(await found(false)).toEqual([]);
  });

  it('gets a large account in pages that fit into an answer, each row once, and none twice or left out', async () => {
    const { db } = world.harness;
    const uid = newId('user');
    const paths = await seedEverything(db, uid);
    const items = [{ description: '"\\'.repeat(200_000) }];
    const large = Array.from({ length: 8 }, (_, n) => `invoices/large-${n}-${uid}`);
    for (const path of large) await db.doc(path).set({ freelancerId: uid, items, note: markOf(uid) });
    const markers = Array.from(
      { length: 120 },
      (_, n) => `usage/row-${uid}/invoices/m${String(n).padStart(3, '0')}`,
    );
    await Promise.all(markers.map((path) => db.doc(path).set({ freelancerId: uid })));

    const pages = await allPages(uid);
    expect(pages.length).toBeGreaterThan(2);
    const got = pages.flatMap(({ records }) => records.map(({ path }) => path));
    expect(got.length).toBe(new Set(got).size);
    const exported = dataEntries.flatMap(([name, { export: rule }]) =>
      'not' in rule ? [] : (paths[name] ?? []),
    );
    expect(got.sort()).toEqual([...exported, ...large, ...markers].sort());
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(10_000_000);
    expect(pages.slice(1).flatMap(({ about }) => about)).toEqual([]);
  });

  it('refuses a cursor that is none of its own, and whoever is not signed in', async () => {
    const uid = newId('user');
    const cursor = (collection: string, path: string): string =>
      Buffer.from(JSON.stringify([collection, path])).toString('base64url');
    for (const bad of [
      'x',
      cursor('clients', 'users/somebody'),
      cursor('clients', 'clients'),
      cursor('audit_log', 'audit_log/a'),
      cursor('clients', 'clients/..'),
      cursor('clients', 'clients//'),
    ]) {
      const answer = await world.call('exportMyData', uid, { cursor: bad });
      expect([bad, answer.error]).toEqual([bad, 'INVALID_ARGUMENT']);
    }
    // Of somebody else's row: it says where to go on, and opens nothing.
    await world.harness.db.doc('clients/a-row').set({ freelancerId: 'somebody-else' });
    const page = await pageOf(uid, cursor('clients', 'clients/Z'));
    expect(page.records).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { type Firestore } from 'firebase-admin/firestore';
import { sealBytes, unsealBytes } from '../../../functions/src/platform/sealedValue';
import { type KeyProvider } from '../../../functions/src/providers/keys/keyProvider';
import { DataKeys } from '../../../functions/src/usecases/contact/dataKeys';
import { openFunctionsFirestore } from '../../support/functionsFirestore';

const HOUR_MS = 60 * 60 * 1000;
const KEK = Buffer.alloc(32, 1);

describe('the keys of contact data', () => {
  let db: Firestore;
  let calls: { wrap: number; unwrap: number };
  let now: number;
  let close: () => Promise<void>;
  beforeAll(() => {
    ({ db, close } = openFunctionsFirestore(`demo-t-${randomUUID().slice(0, 8)}`));
  });
  beforeEach(() => {
    calls = { wrap: 0, unwrap: 0 };
    now = Date.parse('2026-12-01T09:00:00Z');
  });
  afterAll(() => close());

  /** Counts what Cloud KMS would be asked. */
  const provider: KeyProvider = {
    wrap: (key, about) => {
      calls.wrap += 1;
      return Promise.resolve(sealBytes(KEK, about, key));
    },
    unwrap: (wrapped, about) => {
      calls.unwrap += 1;
      return Promise.resolve(unsealBytes(KEK, about, wrapped));
    },
  };
  const newInstance = (using = provider) =>
    new DataKeys(
      db,
      () => Promise.resolve(using),
      () => now,
    );
  const newOwner = (): string => `user-${randomUUID().slice(0, 8)}`;

  it('are unwrapped once an hour for each freelancer, also when many ask at once', async () => {
    const owner = newOwner();
    const first = await newInstance().sealingKey(owner);
    calls = { wrap: 0, unwrap: 0 };
    const keys = newInstance();
    const asked = await Promise.all(Array.from({ length: 50 }, () => keys.keyOf(owner, 1)));
    expect(new Set(asked.map((key) => Buffer.from(key).toString('hex')))).toEqual(
      new Set([Buffer.from(first.key).toString('hex')]),
    );
    now += HOUR_MS - 1;
    await keys.sealingKey(owner);
    expect(calls).toEqual({ wrap: 0, unwrap: 1 });
    now += 1;
    await keys.sealingKey(owner);
    expect(calls).toEqual({ wrap: 0, unwrap: 2 });
  });

  it('are one for each freelancer, whoever of several instances makes it', async () => {
    const owner = newOwner();
    const made = await Promise.all(Array.from({ length: 5 }, () => newInstance().sealingKey(owner)));
    expect(new Set(made.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1);
    const other = await newInstance().sealingKey(newOwner());
    expect(Buffer.from(other.key).equals(made[0]?.key ?? Buffer.alloc(0))).toBe(false);
  });

  it('make room: those of the freelancer who came first are not kept for ever', async () => {
    const keys = newInstance();
    const [first, ...others] = Array.from({ length: 501 }, newOwner);
    await keys.sealingKey(first ?? '');
    calls = { wrap: 0, unwrap: 0 };
    await keys.sealingKey(first ?? '');
    expect(calls.unwrap).toBe(0);
    for (const owner of others) await keys.keyOf(owner, 1).catch(() => undefined);
    const wrapped = (await db.doc(`data_keys/${first ?? ''}`).get()).data() ?? {};
    for (const owner of others.slice(0, 500)) await db.doc(`data_keys/${owner}`).set(wrapped);
    for (const owner of others) await keys.keyOf(owner, 1).catch(() => undefined);
    calls = { wrap: 0, unwrap: 0 };
    await keys.sealingKey(first ?? '');
    expect(calls.unwrap).toBe(1);
  });

  it("open nothing in another freelancer's place, and nothing once they are deleted", async () => {
    const [owner, thief] = [newOwner(), newOwner()];
    await newInstance().sealingKey(owner);
    const stored = (await db.doc(`data_keys/${owner}`).get()).data() ?? {};
    await db.doc(`data_keys/${thief}`).set(stored);
    await expect(newInstance().keyOf(thief, 1)).rejects.toMatchObject({ code: 'contact_key_unavailable' });
    await db.doc(`data_keys/${owner}`).delete();
    await expect(newInstance().keyOf(owner, 1)).rejects.toMatchObject({ code: 'contact_unreadable' });
    await expect(newInstance().keyOf(newOwner(), 1)).rejects.toMatchObject({ code: 'contact_unreadable' });
  });

  it('are not made by a provider that can not unwrap them again', async () => {
    const owner = newOwner();
    const broken: KeyProvider = { ...provider, unwrap: () => Promise.resolve(Buffer.alloc(32, 9)) };
    await expect(newInstance(broken).sealingKey(owner)).rejects.toMatchObject({
      code: 'contact_key_unavailable',
      retryable: true,
    });
    expect((await db.doc(`data_keys/${owner}`).get()).exists).toBe(false);
  });

  it('of a new version are found by an instance that knew only the one before', async () => {
    const owner = newOwner();
    const keys = newInstance();
    await keys.sealingKey(owner);
    const ref = db.doc(`data_keys/${owner}`);
    const wrapped = await newInstance().newWrapped(owner, 2);
    await ref.update({ current: 2, 'keys.2': { wrapped, createdAt: new Date(now) } });
    now += 10_000;
    expect(await keys.keyOf(owner, 2)).toHaveLength(32);
    expect((await keys.sealingKey(owner)).version).toBe(2);
  });
});

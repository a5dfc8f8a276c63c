import { randomUUID } from 'node:crypto';
import { type DocumentReference, type Firestore } from 'firebase-admin/firestore';
import { isConflict } from '../../../functions/src/store/isConflict';
import { UnitOfWork } from '../../../functions/src/store/unitOfWork';
import { changePayload, type PayloadSeal } from '../../../functions/src/store/webhookPayload';
import { deleteRow } from '../../../functions/src/usecases/privacy/deleteRow';
import { openFunctionsFirestore } from '../../support/functionsFirestore';

const MOST_BYTES = 700_000;

/** Makes bytes longer, as a real one does, and hides nothing. */
const seal: PayloadSeal = {
  close: (bytes) => Promise.resolve({ bytes, keyVersion: null }),
  open: (bytes) => Promise.resolve(bytes),
  seal: (bytes) => Promise.resolve({ bytes: Buffer.concat([bytes, Buffer.alloc(28)]), keyVersion: 1 }),
  newest: () => Promise.resolve(1),
};

/** Both meet at one moment, so the functions' own parts are played here, one step at a time. */
describe('the bytes of a failed event that are sealed while they are deleted', () => {
  let db: Firestore;
  let close: () => Promise<void>;
  beforeAll(() => {
    ({ db, close } = openFunctionsFirestore(`demo-t-${randomUUID().slice(0, 8)}`));
  });
  afterAll(() => close());

  async function seedFailure(bytes: number): Promise<DocumentReference> {
    const row = db.doc(`failed_webhooks/stripe_${randomUUID()}`);
    await row.set({ status: 'resolved', expiresAt: new Date(0) });
    await row
      .collection('private')
      .doc('payload')
      .set({ bytes: Buffer.alloc(bytes, 7), chunks: 1 });
    return row;
  }

  /** All but the commit. */
  async function prepared(row: DocumentReference): Promise<UnitOfWork> {
    const unit = new UnitOfWork(db);
    await unit.read(row);
    const change = await changePayload(unit, row, seal, false);
    if (change === null) throw new Error('there was nothing to seal');
    await change();
    return unit;
  }
  const partsOf = async (row: DocumentReference): Promise<string[]> =>
    (await row.collection('private').listDocuments()).map(({ id }) => id);

  it('stay deleted', async () => {
    const row = await seedFailure(100);
    const unit = await prepared(row);
    expect(await deleteRow({ db }, await row.get(), ['private'])).toBe(true);
    const refused = await unit.commit().then(
      () => null,
      (error: unknown) => error,
    );
    expect(await partsOf(row)).toEqual([]);
    expect(isConflict(refused)).toBe(true);
  });

  it('are deleted whole also when they need one document more', async () => {
    const row = await seedFailure(MOST_BYTES);
    const unit = await prepared(row);
    const found = await row.get();
    await unit.commit();
    expect(await partsOf(row)).toEqual(['payload', 'payload-1']);
    // As one that has looked for the parts before there was the second one.
    expect(await deleteRow({ db }, found, [])).toBe(false);
    expect(await deleteRow({ db }, await row.get(), ['private'])).toBe(true);
    expect(await partsOf(row)).toEqual([]);
  });

  it('are left as they are when a part is gone', async () => {
    const row = await seedFailure(100);
    await row.collection('private').doc('payload').update({ chunks: 2 });
    await expect(prepared(row)).rejects.toMatchObject({ code: 'payload_missing' });
  });
});

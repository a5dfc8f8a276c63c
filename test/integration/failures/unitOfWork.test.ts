import { randomUUID } from 'node:crypto';
import { type Firestore } from 'firebase-admin/firestore';
import { isConflict } from '../../../functions/src/store/isConflict';
import { UnitOfWork } from '../../../functions/src/store/unitOfWork';
import { openFunctionsFirestore } from '../../support/functionsFirestore';

describe('a unit of work', () => {
  let db: Firestore;
  let close: () => Promise<void>;
  beforeAll(() => {
    ({ db, close } = openFunctionsFirestore(`demo-t-${randomUUID().slice(0, 8)}`));
  });
  afterAll(() => close());

  it('writes nothing by what it has not read, or of what is not there', async () => {
    const unit = new UnitOfWork(db);
    const ref = db.doc('things/absent');
    expect(() => unit.readTime).toThrow('nothing was read');
    expect(() => unit.save(ref, { n: 1 })).toThrow('things was not read');
    await unit.read(ref);
    expect(() => unit.update(ref, { n: 1 })).toThrow('to update does not exist');
    expect(() => unit.delete(ref)).toThrow('to delete does not exist');
    await expect(unit.commit()).rejects.toThrow('without writes');
    expect((await ref.get()).exists).toBe(false);
  });

  it('writes and deletes as one, unless one of them has changed meanwhile', async () => {
    const [kept, deleted, added] = ['kept', 'deleted', 'added'].map((id) => db.doc(`things/${id}`));
    if (kept === undefined || deleted === undefined || added === undefined)
      throw new Error('three were named');
    await Promise.all([kept, deleted].map((ref) => ref.set({ n: 0 })));
    const prepared = async (): Promise<UnitOfWork> => {
      const unit = new UnitOfWork(db);
      await unit.read(kept, deleted, added);
      unit.save(kept, { n: 1 });
      unit.save(kept, { m: 2 });
      unit.delete(deleted);
      unit.save(added, { n: 3 });
      return unit;
    };
    const late = await prepared();
    await deleted.update({ n: 9 });
    expect(isConflict(await late.commit().catch((error: unknown) => error))).toBe(true);
    expect((await kept.get()).data()).toEqual({ n: 0 });
    await (await prepared()).commit();
    const after = await db.getAll(kept, deleted, added);
    expect(after.map((snapshot) => snapshot.data())).toEqual([{ n: 1, m: 2 }, undefined, { n: 3 }]);
  });

  it('knows of a decision under locks whether its commit had begun when it failed', async () => {
    const ref = db.doc('things/witnessed');
    const unit = new UnitOfWork(db);
    await unit.read(ref);
    const undecided = unit.commitWitnessing([db.doc('things/witness')], () => {
      throw new Error('no decision');
    });
    await expect(undecided).rejects.toThrow('no decision');
    expect((await ref.get()).exists).toBe(false);
  });
});

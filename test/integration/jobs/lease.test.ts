import { randomUUID } from 'node:crypto';
import { type Firestore } from 'firebase-admin/firestore';
import { systemRandom } from '../../../functions/src/platform/random';
import { Lease, LeaseLost, type LeaseTerms } from '../../../functions/src/store/lease';
import { eventually } from '../../support/eventually';
import { openFunctionsFirestore } from '../../support/functionsFirestore';
import { pausableProxy } from '../../support/pausableProxy';

// What the classes log in this process is not looked at here, and would only drown the report.
jest.mock('../../../functions/src/platform/log', () => ({
  log: new Proxy({}, { get: () => () => undefined }),
}));

/** Long, for tests that do not wait for it. */
const CALM: LeaseTerms = { ttlMs: 60_000, heartbeatMs: 20_000 };
/** Short, for those that do. */
const QUICK: LeaseTerms = { ttlMs: 1_200, heartbeatMs: 200 };

describe('a lease', () => {
  const projectId = `demo-t-${randomUUID().slice(0, 8)}`;
  const opened: (() => Promise<void>)[] = [];
  const held: Lease[] = [];
  let db: Firestore;
  beforeAll(() => {
    const direct = openFunctionsFirestore(projectId);
    opened.push(direct.close);
    ({ db } = direct);
  });
  afterAll(async () => {
    for (const lease of held) lease.abandon();
    await Promise.all(opened.map((close) => close()));
  });

  async function take(jobName: string, terms = CALM, through = db): Promise<Lease> {
    const lease = await Lease.acquire({ db: through, random: systemRandom }, jobName, terms);
    if (lease === null) throw new Error(`the lease of ${jobName} is held by somebody`);
    held.push(lease);
    return lease;
  }

  const tryToTake = (jobName: string) => Lease.acquire({ db, random: systemRandom }, jobName, CALM);
  const record = (jobName: string) => db.doc(`cron_leases/${jobName}`);
  const fieldsOf = async (jobName: string) => (await record(jobName).get()).data() ?? {};
  const takenByAnother = (jobName: string) => record(jobName).update({ owner: 'another-runner', token: 99 });
  const aborted = (lease: Lease) =>
    eventually('the signal of the lost lease', () => Promise.resolve(lease.signal.aborted ? true : null));

  it('is held by one of many who ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => tryToTake('crowd')));
    const got = asked.filter((lease) => lease !== null);
    held.push(...got);
    expect(got.map(({ token }) => token)).toEqual([1]);
    expect(await fieldsOf('crowd')).toMatchObject({ token: 1 });
  });

  it('has a token that rises with every holder, whether it was given back or ran out', async () => {
    const first = await take('tokens');
    await first.release();
    const second = await take('tokens');
    await record('tokens').update({ expiresAt: new Date(0) });
    const third = await take('tokens');
    expect([first.token, second.token, third.token]).toEqual([1, 2, 3]);
  });

  it('is renewed by its heartbeat, and so outlives its term', async () => {
    const lease = await take('heartbeat', QUICK);
    const first = (await record('heartbeat').get()).readTime.toMillis();
    await eventually('a renewal after the first term', async () => {
      const { readTime } = await record('heartbeat').get();
      return readTime.toMillis() > first + QUICK.ttlMs + QUICK.heartbeatMs ? true : null;
    });
    expect(lease.signal.aborted).toBe(false);
    expect(await tryToTake('heartbeat')).toBeNull();
    await lease.release();
  });

  it('that is taken away aborts its signal', async () => {
    const lease = await take('taken', QUICK);
    await takenByAnother('taken');
    await aborted(lease);
    expect(lease.signal.reason).toBeInstanceOf(LeaseLost);
    expect(await fieldsOf('taken')).toMatchObject({ owner: 'another-runner', token: 99 });
  });

  it('that is taken away lets nothing be written any more', async () => {
    const lease = await take('fenced');
    const ref = db.doc('cron_runs/fenced');
    await lease.write([{ ref, data: { cursor: 'a' } }]);
    await takenByAnother('fenced');
    const before = await fieldsOf('fenced');
    await expect(lease.write([{ ref, data: { cursor: 'b' } }])).rejects.toBeInstanceOf(LeaseLost);
    await expect(lease.release([{ ref, data: { cursor: 'c' } }])).rejects.toBeInstanceOf(LeaseLost);
    expect((await ref.get()).data()).toEqual({ cursor: 'a' });
    expect(await fieldsOf('fenced')).toEqual(before);
    expect(lease.signal.aborted).toBe(true);
  });

  it('that an operator takes away lets nothing be written any more, though its token is the same', async () => {
    const lease = await take('operated');
    const ref = db.doc('cron_runs/operated');
    expect(await Lease.takeAway({ db, random: systemRandom }, 'operated')).toBe(true);
    const before = await fieldsOf('operated');
    expect(before).toMatchObject({ owner: null, token: lease.token });
    await expect(lease.write([{ ref, data: { cursor: 'a' } }])).rejects.toBeInstanceOf(LeaseLost);
    expect((await ref.get()).exists).toBe(false);
    expect(await fieldsOf('operated')).toEqual(before);
  });

  it('that is taken between the look and the write lets nothing be written either', async () => {
    const lease = await take('gap');
    const ref = db.doc('cron_runs/gap');
    const batch = db.batch();
    jest.spyOn(db, 'batch').mockReturnValueOnce(batch);
    const commit = batch.commit.bind(batch);
    jest.spyOn(batch, 'commit').mockImplementationOnce(async () => {
      await takenByAnother('gap');
      return commit();
    });
    await expect(lease.write([{ ref, data: { cursor: 'x' } }])).rejects.toBeInstanceOf(LeaseLost);
    expect((await ref.get()).exists).toBe(false);
    expect(await fieldsOf('gap')).toMatchObject({ owner: 'another-runner', token: 99 });
  });

  it('that runs out while a write is on its way, and is taken then, lets nothing of it be written', async () => {
    const lease = await take('overtaken', QUICK);
    const ref = db.doc('cron_runs/overtaken');
    const batch = db.batch();
    jest.spyOn(db, 'batch').mockReturnValueOnce(batch);
    const commit = batch.commit.bind(batch);
    jest.spyOn(batch, 'commit').mockImplementationOnce(async () => {
      await aborted(lease);
      await takenByAnother('overtaken');
      return commit();
    });
    await expect(lease.write([{ ref, data: { cursor: 'x' } }])).rejects.toBeInstanceOf(LeaseLost);
    expect((await ref.get()).exists).toBe(false);
    expect(await fieldsOf('overtaken')).toMatchObject({ owner: 'another-runner', token: 99 });
  });

  it('is held when it was taken, but the answer was lost', async () => {
    const batch = db.batch();
    jest.spyOn(db, 'batch').mockReturnValueOnce(batch);
    const commit = batch.commit.bind(batch);
    jest.spyOn(batch, 'commit').mockImplementationOnce(async () => {
      await commit();
      throw Object.assign(new Error('no answer'), { code: 14 });
    });
    const lease = await take('unanswered');
    expect(lease.token).toBe(1);
    await lease.write([]);
    expect(await fieldsOf('unanswered')).toMatchObject({ token: 1 });
  });

  it('stays held when the store refuses a record for what is in it', async () => {
    const lease = await take('too-large');
    const ref = db.doc('cron_runs/too-large');
    // Longer than any document may be.
    const write = lease.write([{ ref, data: { cursor: 'x'.repeat(1_100_000) } }]);
    await expect(write).rejects.toMatchObject({ code: 3 });
    expect(lease.signal.aborted).toBe(false);
    await lease.write([{ ref, data: { cursor: 'x' } }]);
    expect((await ref.get()).data()).toEqual({ cursor: 'x' });
  });

  it('whose record is deleted is lost', async () => {
    const lease = await take('deleted');
    await record('deleted').delete();
    await expect(lease.write([])).rejects.toBeInstanceOf(LeaseLost);
    expect((await record('deleted').get()).exists).toBe(false);
  });

  it('that ran out, but that nobody took, goes on', async () => {
    const lease = await take('late');
    await record('late').update({ expiresAt: new Date(0) });
    await lease.write([]);
    expect(await tryToTake('late')).toBeNull();
  });

  it('takes many writes at once, one after the other', async () => {
    const lease = await take('busy');
    const refs = Array.from({ length: 8 }, (_, n) => db.doc(`cron_runs/busy_${n}`));
    await Promise.all(refs.map((ref, n) => lease.write([{ ref, data: { n } }])));
    const written = await db.getAll(...refs);
    expect(written.map((run) => run.get('n') as number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('aborts its signal when Firestore says nothing for as long as it holds', async () => {
    const proxy = await pausableProxy(process.env['FIRESTORE_EMULATOR_HOST'] ?? '');
    try {
      const behind = openFunctionsFirestore(projectId, proxy.address);
      const lease = await take('silence', QUICK, behind.db);
      proxy.pause();
      const began = performance.now();
      await aborted(lease);
      expect(performance.now() - began).toBeLessThan(QUICK.ttlMs + 5 * QUICK.heartbeatMs);
      proxy.resume();
      await expect(lease.write([])).rejects.toBeInstanceOf(LeaseLost);
      await behind.close();
    } finally {
      await proxy.stop();
    }
  });
});

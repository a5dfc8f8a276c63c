import { type EscalationWorld, startEscalationWorld } from '../../support/escalationWorld';
import { eventually } from '../../support/eventually';
import { inFlight } from '../../support/inFlight';
import { tickWell } from '../../support/jobTick';

/** Invoices that are due; more where there is time for them. */
const DUE = Number(process.env['RECOUP_DUE_INVOICES'] ?? 200);
/** Time for all of them. */
const LIMIT_MS = 60_000 + DUE * 200;

describe(`two runners and ${DUE} due invoices`, () => {
  let world: EscalationWorld;
  beforeAll(async () => {
    world = await startEscalationWorld();
  });
  afterAll(() => world.harness.stop());

  it(
    'escalate each once, though one runner and one worker are killed half-way',
    async () => {
      const { harness, job, worker } = world;
      const { db } = harness;
      const seeds = Array.from({ length: DUE }, (_, n) => n);
      const ids: string[] = [];
      await inFlight(seeds, 20, async () => {
        ids.push((await world.seedDue('2026-11-19')).invoiceId);
      });

      const doomed = await harness.serve('processEscalations', {
        RECOUP_CRASH_AT: 'escalate.after-commit#40',
      });
      const [first, second, third] = [world.newTick(), world.newTick(), world.newTick()];
      const death = world.die(doomed, first);
      const lease = () => world.read('cron_leases/process-escalations');
      await eventually(
        'the lease is taken',
        async () => ((await lease())['owner'] as string | null | undefined) ?? null,
      );
      await tickWell(job, second);
      expect(await death).toBe('SIGKILL');
      expect((await lease())['token']).toBe(1);
      expect(await world.read(`cron_runs/process-escalations_${second}`)).toEqual({});

      // The queue gives the page that the dead runner handed over to a worker that dies of it.
      const [page] = harness.tasks.take();
      expect(page?.queue).toBe('escalatePage');
      const dying = await harness.serve('escalatePage', { RECOUP_CRASH_AT: 'escalate.after-commit#40' });
      await harness.dispatchData(dying, page?.data ?? {}).catch(() => null);
      expect((await dying.exited).signal).toBe('SIGKILL');

      // Then to another one, while the other runner goes on with the run and begins one of its own.
      await world.expireLease();
      const [, status] = await Promise.all([
        tickWell(job, third),
        harness.dispatchData(worker, page?.data ?? {}, 1),
      ]);
      expect(status).toBeLessThan(300);
      expect((await lease())['token']).toBe(2);
      // Delivered once more, it is done already.
      expect(await harness.dispatchData(worker, page?.data ?? {}, 2)).toBeLessThan(300);
      await world.workOff();

      const runs = await Promise.all([first, third].map((tick) => world.runOf(tick)));
      for (const run of runs) expect(run).toMatchObject({ outcome: 'finished', token: 2 });
      const total = runs.map((run) => (run['total'] as { escalated?: number }).escalated ?? 0);
      expect(total.reduce((a, b) => a + b, 0)).toBe(DUE);

      const rows = async (collection: string) =>
        (await db.collection(collection).get()).docs.map(({ id }) => id).sort();
      expect(await rows('outbox')).toEqual(ids.map((id) => `dunning_${id}_gentle_email`).sort());
      expect(await rows('escalation_timeline')).toEqual(ids.map((id) => `${id}_gentle`).sort());
      const states = await db.collection('escalation_states').get();
      for (const state of states.docs) expect(state.get('sentLevels')).toEqual(['gentle']);
    },
    LIMIT_MS,
  );

  it(
    'are done by the run itself where the queue can not be reached',
    async () => {
      const { harness } = world;
      const alone = await harness.serve('processEscalations', { CLOUD_TASKS_EMULATOR_HOST: '127.0.0.1:9' });
      harness.travel('2026-12-05T10:00:00Z');
      const run = await world.run(alone);
      expect(run).toMatchObject({ outcome: 'finished', pages: 0, counts: { escalated: DUE } });
      const rows = await harness.db.collection('escalation_timeline').where('level', '==', 'firm').get();
      expect(rows.size).toBe(DUE);
    },
    LIMIT_MS,
  );
});

describe('a worker that the queue can take nothing from', () => {
  let world: EscalationWorld;
  beforeAll(async () => {
    world = await startEscalationWorld();
  });
  afterAll(() => world.harness.stop());

  it('does the pages after its own; killed in one of them, it finds them again', async () => {
    const { harness } = world;
    const due = 250;
    await inFlight(
      Array.from({ length: due }, (_, n) => n),
      20,
      () => world.seedDue('2026-11-19'),
    );
    const tick = world.newTick();
    await tickWell(world.job, tick);
    const [page] = harness.tasks.take();
    const unreachable = { CLOUD_TASKS_EMULATOR_HOST: '127.0.0.1:9' };
    const dying = await harness.serve('escalatePage', {
      ...unreachable,
      RECOUP_CRASH_AT: 'escalate.after-commit#120',
    });
    await harness.dispatchData(dying, page?.data ?? {}).catch(() => null);
    expect((await dying.exited).signal).toBe('SIGKILL');
    const other = await harness.serve('escalatePage', unreachable);
    expect(await harness.dispatchData(other, page?.data ?? {}, 1)).toBeLessThan(300);
    expect((await world.runOf(tick))['total']).toEqual({ escalated: due });
    const rows = await harness.db.collection('escalation_timeline').get();
    expect(rows.size).toBe(due);
  }, 120_000);
});

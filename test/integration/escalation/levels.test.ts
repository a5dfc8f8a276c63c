import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type EscalationWorld, startEscalationWorld } from '../../support/escalationWorld';
import { TUESDAY } from '../../support/messageHarness';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { newId } from '../../support/stripeEvents';

/** What the job's own bookkeeping is not. */
const isBookkeeping = (path: string): boolean => path.startsWith('cron_');

describe('process-escalations, on Tuesday 24 November at ten', () => {
  let world: EscalationWorld;
  let sendEmail: ServedFunction;
  let sendSms: ServedFunction;
  beforeAll(async () => {
    world = await startEscalationWorld();
    [sendEmail, sendSms] = await Promise.all([
      world.harness.serve('sendEmail'),
      world.harness.serve('sendSms'),
    ]);
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(() => world.harness.stop());

  /** What is there of one chase. */
  async function chaseOf(invoiceId: string) {
    const [invoice, state, timeline, outbox] = await Promise.all([
      world.read(`invoices/${invoiceId}`),
      world.read(`escalation_states/${invoiceId}`),
      world.idsOf('escalation_timeline', invoiceId),
      world.idsOf('outbox', invoiceId),
    ]);
    return {
      status: invoice['status'] as string,
      level: invoice['escalationLevel'] as string,
      next: (invoice['nextActionAt'] as { toDate(): Date } | null)?.toDate().toISOString() ?? null,
      sent: state['sentLevels'] as string[],
      pending: state['pendingOutbox'] as string[],
      timeline,
      outbox,
    };
  }

  it('makes a sent invoice overdue on the day after its due date, and reminds nobody', async () => {
    const { invoiceId } = await world.seedDue('2026-11-23', { invoice: { status: 'sent' } });
    await world.run();
    expect(await chaseOf(invoiceId)).toEqual({
      status: 'overdue',
      level: 'pending',
      next: '2026-11-28T00:00:00.000Z',
      sent: [],
      pending: [],
      timeline: [],
      outbox: [],
    });
  });

  it.each([
    ['gentle', '2026-11-19', ['email'], [], '2026-12-04T00:00:00.000Z'],
    ['firm', '2026-11-09', ['email', 'sms'], ['gentle'], '2026-12-09T00:00:00.000Z'],
    ['final', '2026-10-25', ['email', 'sms'], ['gentle', 'firm'], '2026-12-24T00:00:00.000Z'],
  ] as const)('reaches %s for what was due on %s', async (level, due, by, skipped, next) => {
    const { invoiceId, freelancerId, email, phone } = await world.seedDue(due);
    const run = await world.run();
    expect(run).toMatchObject({ outcome: 'finished', total: { escalated: 1 } });
    const items = by.map((channel) => `dunning_${invoiceId}_${level}_${channel}`);
    expect(await chaseOf(invoiceId)).toEqual({
      status: 'in_collections',
      level,
      next,
      sent: [level],
      pending: items,
      timeline: [`${invoiceId}_${level}`],
      outbox: items,
    });
    expect(await world.read(`escalation_timeline/${invoiceId}_${level}`)).toMatchObject({
      freelancerId,
      invoiceId,
      level,
      eventType: 'escalated',
      skipped,
    });
    for (const [n, id] of items.entries()) {
      expect(await world.read(`outbox/${id}`)).toMatchObject({
        class: 'dunning',
        channel: by[n],
        template: level,
        level,
        status: 'pending',
        freelancerId,
        wordedLate: true,
      });
      const worker = by[n] === 'sms' ? sendSms : sendEmail;
      expect(await world.harness.dispatch(worker, id)).toBeLessThan(300);
      expect((await world.read(`outbox/${id}/private/content`))['to']).toBe(by[n] === 'sms' ? phone : email);
    }
  });

  it('offers the freelancer an agency after 60 days, and tells the debtor nothing', async () => {
    const { invoiceId, freelancerId } = await world.seedDue('2026-09-25', {
      chase: { currentLevel: 'final', sentLevels: ['gentle', 'firm', 'final'] },
      invoice: { status: 'in_collections', escalationLevel: 'final' },
    });
    await world.run();
    expect(await chaseOf(invoiceId)).toMatchObject({
      level: 'agency',
      next: null,
      pending: [],
      timeline: [`${invoiceId}_agency`],
      outbox: [`agency_offer_${invoiceId}`],
    });
    expect(await world.read(`outbox/agency_offer_${invoiceId}`)).toMatchObject({
      class: 'freelancer_notice',
      level: null,
    });
    expect((await world.read(`outbox/agency_offer_${invoiceId}/private/content`))['to']).toBe(
      'freelancer@studio.example',
    );
    expect(await world.read(`notifications/agency_offer_${invoiceId}`)).toMatchObject({
      freelancerId,
      type: 'agency_offer',
      read: false,
    });
  });

  it('sends one level after an outage of nine days, with what was passed over in its one row', async () => {
    const { invoiceId } = await world.seedDue('2026-11-17');
    world.harness.travel('2026-12-03T10:00:00Z');
    await world.run();
    const chase = await chaseOf(invoiceId);
    expect(chase.outbox).toEqual([`dunning_${invoiceId}_firm_email`, `dunning_${invoiceId}_firm_sms`]);
    expect(chase.timeline).toEqual([`${invoiceId}_firm`]);
    expect((await world.read(`escalation_timeline/${invoiceId}_firm`))['skipped']).toEqual(['gentle']);
  });

  it('finds nothing to do a second time', async () => {
    await world.seedDue('2026-11-09');
    await world.run();
    const before = await everyDocument(world.harness.db);
    const run = await world.run();
    expect(run).toMatchObject({ outcome: 'finished', counts: {} });
    const changed = changedBetween(before, await everyDocument(world.harness.db));
    expect(changed.filter((path) => !isBookkeeping(path))).toEqual([]);
  });

  it('does nothing for what is paid, paused, claimed or closed by then', async () => {
    const now = new Date(TUESDAY);
    const chases = await Promise.all([
      world.seedDue('2026-11-09', { invoice: { status: 'paid' } }),
      world.seedDue('2026-11-09', { chase: { isPaused: true, pauseReason: 'manual' } }),
      world.seedDue('2026-11-09', { invoice: { paymentClaimStatus: 'pending_verification' } }),
      world.seedDue('2026-11-09', { chase: { closedAt: now, closedReason: 'paid' } }),
    ]);
    const run = await world.run();
    expect(run['total']).toEqual({ not_open: 1, paused: 1, claimed: 1, chase_closed: 1 });
    for (const { invoiceId } of chases)
      expect(await chaseOf(invoiceId)).toMatchObject({ next: null, timeline: [], outbox: [] });
  });

  it('goes on when a pause is over', async () => {
    const until = new Date('2026-11-24T09:00:00Z');
    const { invoiceId } = await world.seedDue('2026-11-19', {
      chase: { isPaused: true, pauseReason: 'promise', pauseUntil: until },
    });
    await world.run();
    expect(await world.read(`escalation_states/${invoiceId}`)).toMatchObject({
      isPaused: false,
      pauseUntil: null,
      currentLevel: 'gentle',
    });
    expect(await world.idsOf('escalation_timeline', invoiceId)).toEqual([
      `${invoiceId}_gentle`,
      `${invoiceId}_resumed_0`,
    ]);
  });

  it('loses no pause that comes while it runs', async () => {
    const { db } = world.harness;
    const chases = await Promise.all(Array.from({ length: 24 }, () => world.seedDue('2026-11-19')));
    const running = world.run();
    await Promise.all(
      chases.map(({ invoiceId }) =>
        db
          .batch()
          .update(db.doc(`escalation_states/${invoiceId}`), { isPaused: true, pauseReason: 'manual' })
          .update(db.doc(`invoices/${invoiceId}`), { nextActionAt: null })
          .commit(),
      ),
    );
    await running;
    for (const { invoiceId } of chases) {
      const state = await world.read(`escalation_states/${invoiceId}`);
      expect(state['isPaused']).toBe(true);
      // Reminded before the pause, or not at all: never a level without its messages, or the other way round.
      expect(await world.idsOf('outbox', invoiceId)).toEqual(state['pendingOutbox']);
      expect((await chaseOf(invoiceId)).next).toBeNull();
    }
  });

  it('notes what it can not read, puts it off, and does the others', async () => {
    const [broken, whole] = [
      await world.seedDue('2026-11-09', {
        invoice: { amount: 'much', nextActionAt: new Date('2026-11-01T00:00:00Z') },
      }),
      await world.seedDue('2026-11-09'),
    ];
    const run = await world.run();
    expect(run).toMatchObject({ outcome: 'finished', total: { escalated: 1, error: 1 } });
    expect((await chaseOf(whole.invoiceId)).level).toBe('firm');
    for (let count = 1; count <= 5; count += 1) {
      if (count > 1) await world.run();
      const { nextActionAt, escalationError } = await world.read(`invoices/${broken.invoiceId}`);
      expect(escalationError).toEqual({ count, code: 'corrupt_document' });
      const next = (nextActionAt as { toDate(): Date }).toDate();
      expect(next.getTime() - world.harness.now().getTime()).toBe((count === 5 ? 24 : 1) * 3_600_000);
      world.harness.travel(next);
    }
    const alert = new RegExp(`"alert":"escalation_failed".*${broken.invoiceId}`);
    expect(world.job.logTail(100)).toMatch(alert);

    await world.harness.db.doc(`invoices/${broken.invoiceId}`).update({ amount: 10_000 });
    await world.run();
    expect(await world.read(`invoices/${broken.invoiceId}`)).toMatchObject({
      escalationError: null,
      escalationLevel: 'firm',
    });
  });

  it('lets two ticks at once do it once', async () => {
    const chases = await Promise.all(Array.from({ length: 6 }, () => world.seedDue('2026-11-09')));
    const runs = await Promise.all([world.run(), world.run()]);
    const escalated = runs.map(({ total }) => (total as { escalated?: number }).escalated ?? 0);
    expect(escalated.reduce((a, b) => a + b, 0)).toBe(6);
    for (const { invoiceId } of chases) expect((await chaseOf(invoiceId)).sent).toEqual(['firm']);
  });

  it.each(['escalate.before-commit', 'escalate.after-commit'])(
    'killed at %s, goes on with the next tick and counts all of it',
    async (place) => {
      const { invoiceId } = await world.seedDue('2026-11-09', { invoice: { reference: newId('ref') } });
      const doomed = await world.harness.serve('processEscalations', { RECOUP_CRASH_AT: place });
      const tick = world.newTick();
      expect(await world.die(doomed, tick)).toBe('SIGKILL');
      const committed = place === 'escalate.after-commit';
      expect((await chaseOf(invoiceId)).sent).toEqual(committed ? ['firm'] : []);
      await world.expireLease();
      await world.run();
      expect(await world.runOf(tick)).toMatchObject({ outcome: 'finished', total: { escalated: 1 } });
      expect(await chaseOf(invoiceId)).toMatchObject({ sent: ['firm'], timeline: [`${invoiceId}_firm`] });
    },
  );
});

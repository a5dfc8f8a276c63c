import { moneyOf, toldOf } from '../../support/moneyState';
import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { seedChase, type ChaseFields } from '../../support/seedChase';
import { seedInvoice } from '../../support/seed';

describe('a freelancer who pauses and resumes a chase', () => {
  let world: CallWorld;
  beforeAll(async () => {
    world = await startCallWorld('pauseEscalation', 'resumeEscalation');
  });
  afterAll(() => world.harness.stop());

  const seed = (fields: ChaseFields = {}) => seedChase(world.harness.db, fields);
  const stateOf = (invoiceId: string) => world.read(`escalation_states/${invoiceId}`);

  it('stops it until he resumes it; asked twice, it is one pause and one row', async () => {
    const { invoiceId, freelancerId } = await seed();
    const pause = () => world.call('pauseEscalation', freelancerId, { invoiceId });
    const answers = await Promise.all(Array.from({ length: 5 }, pause));
    for (const answer of answers)
      expect(answer).toMatchObject({ error: null, result: { isPaused: true, pauseUntil: null } });
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ paused: 'manual', chase: 'off' });
    expect((await toldOf(world.harness.db, freelancerId)).timeline).toEqual(['paused']);

    const resume = () => world.call('resumeEscalation', freelancerId, { invoiceId });
    for (const answer of [await resume(), await resume()])
      expect(answer).toMatchObject({ error: null, result: { isPaused: false } });
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ paused: null, chase: 'on' });
    expect((await toldOf(world.harness.db, freelancerId)).timeline).toEqual(['paused', 'resumed']);
    await pause();
    expect(await world.exists(`escalation_timeline/${invoiceId}_paused_2`)).toBe(true);
  });

  it('for a promise until a day: the chase looks again when that day is over in London', async () => {
    const { invoiceId, freelancerId } = await seed();
    const promise = (until: string) =>
      world.call('pauseEscalation', freelancerId, { invoiceId, reason: 'promise', until });
    expect(await promise('2026-12-01')).toMatchObject({
      error: null,
      result: { pauseUntil: '2026-12-02T00:00:00.000Z' },
    });
    const invoice = await world.read(`invoices/${invoiceId}`);
    expect((invoice['nextActionAt'] as { toDate(): Date }).toDate()).toEqual(
      new Date('2026-12-02T00:00:00Z'),
    );
    expect(await stateOf(invoiceId)).toMatchObject({ pauseReason: 'promise', pauseCount: 1 });
    // Another day is another pause; a day that is past is none.
    expect((await promise('2026-12-03')).error).toBeNull();
    expect(await stateOf(invoiceId)).toMatchObject({ pauseCount: 2 });
    expect(await promise('2026-11-23')).toMatchObject({
      error: 'INVALID_ARGUMENT',
      message: 'until: is past',
    });
    for (const far of ['2126-11-30', '9999-12-31'])
      expect(await promise(far)).toMatchObject({
        error: 'INVALID_ARGUMENT',
        message: 'until: is more than a hundred years away',
      });
  });

  it('before the first reminder as well, and resuming waits for the day on which it is due', async () => {
    const { db } = world.harness;
    const { invoiceId, freelancerId } = await seedInvoice(db, { dueDate: '2026-12-10' });
    await world.call('pauseEscalation', freelancerId, { invoiceId });
    expect(await stateOf(invoiceId)).toMatchObject({ isPaused: true, currentLevel: 'pending' });
    await world.call('resumeEscalation', freelancerId, { invoiceId });
    const next = (await world.read(`invoices/${invoiceId}`))['nextActionAt'] as { toDate(): Date };
    expect(next.toDate()).toEqual(new Date('2026-12-11T00:00:00Z'));
  });

  it('keeps three days between two levels when it resumes', async () => {
    const lastEscalatedAt = new Date('2026-11-23T10:00:00Z');
    const { invoiceId, freelancerId } = await seed({
      invoice: { dueDate: '2026-11-05' },
      chase: { lastEscalatedAt },
    });
    await world.call('pauseEscalation', freelancerId, { invoiceId });
    await world.call('resumeEscalation', freelancerId, { invoiceId });
    const next = (await world.read(`invoices/${invoiceId}`))['nextActionAt'] as { toDate(): Date };
    expect(next.toDate()).toEqual(new Date('2026-11-26T10:00:00Z'));
  });

  it('ends his own pause too, of which a claim that nobody answered had taken the place', async () => {
    const { invoiceId, freelancerId } = await seed({
      chase: {
        isPaused: true,
        pauseReason: 'payment_claim',
        pauseUntil: new Date('2026-12-03T10:00:00Z'),
        pausedBefore: { reason: 'manual', until: null },
        pauseCount: 2,
      },
    });
    expect(await world.call('resumeEscalation', freelancerId, { invoiceId })).toMatchObject({
      result: { isPaused: false, pauseUntil: null },
    });
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ paused: null, chase: 'on' });
  });

  it.each<[string, ChaseFields, string]>([
    ['a draft', { invoice: { status: 'draft' } }, 'The invoice is not sent yet.'],
    ['what is paid', { invoice: { status: 'paid' } }, 'Nothing is being chased on this invoice.'],
    ['a closed chase', { chase: { closedAt: new Date() } }, 'Nothing is being chased on this invoice.'],
    [
      'a dispute',
      { invoice: { status: 'disputed' } },
      'The invoice is disputed, and reminders are paused until that is over.',
    ],
    [
      'an open claim',
      { invoice: { paymentClaimStatus: 'pending_verification' } },
      'Your client says that this invoice is paid. Confirm or reject that first.',
    ],
  ])('has no say over %s', async (_, fields, message) => {
    const { invoiceId, freelancerId } = await seed(fields);
    const changed = await world.changes(async () => {
      for (const name of ['pauseEscalation', 'resumeEscalation']) {
        const answer = await world.call(name, freelancerId, { invoiceId });
        expect(answer).toMatchObject({ error: 'FAILED_PRECONDITION', message });
      }
    });
    expect(changed).toEqual([]);
  });

  it('is refused to everybody else, and for input that is not as agreed', async () => {
    const { invoiceId, freelancerId, email } = await seed();
    const changed = await world.changes(async () => {
      for (const name of ['pauseEscalation', 'resumeEscalation']) {
        expect((await world.call(name, 'somebody-else', { invoiceId })).error).toBe('PERMISSION_DENIED');
        expect((await world.callAs(name, email, { invoiceId })).error).toBe('PERMISSION_DENIED');
        expect((await world.call(name, freelancerId, { invoiceId: 'none' })).error).toBe('NOT_FOUND');
        expect((await world.call(name, freelancerId, { invoiceId, more: 1 })).error).toBe('INVALID_ARGUMENT');
      }
      for (const wrong of [{ reason: 'promise' }, { reason: 'dispute' }, { until: '2026-02-30' }])
        expect((await world.call('pauseEscalation', freelancerId, { invoiceId, ...wrong })).error).toBe(
          'INVALID_ARGUMENT',
        );
    });
    expect(changed).toEqual([]);
  });

  it.each(['before-commit', 'after-commit'])('that dies %s is done once in all', async (at) => {
    const { invoiceId, freelancerId } = await seed();
    for (const [name, crashPoint] of [
      ['pauseEscalation', 'pause-escalation'],
      ['resumeEscalation', 'resume-escalation'],
    ] as const) {
      await world.crash(name, `${crashPoint}.${at}`, freelancerId, { invoiceId });
      expect((await world.call(name, freelancerId, { invoiceId })).error).toBeNull();
    }
    expect((await toldOf(world.harness.db, freelancerId)).timeline).toEqual(['paused', 'resumed']);
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ paused: null, chase: 'on' });
  });
});

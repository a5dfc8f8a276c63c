import { describeEscalations } from '../../../local/jobs/describeEscalations';
import { type EscalationWorld, startEscalationWorld } from '../../support/escalationWorld';

describe('the table of a run', () => {
  let world: EscalationWorld;
  beforeAll(async () => {
    world = await startEscalationWorld();
  });
  afterAll(() => world.harness.stop());

  it('says of each invoice what was done, or why nothing', async () => {
    const named = (reference: string, more: Record<string, unknown> = {}) => ({ reference, ...more });
    await world.seedDue('2026-11-09', { invoice: named('A-1') });
    await world.seedDue('2026-11-19', { invoice: named('A-2') });
    await world.seedDue('2026-11-09', { invoice: named('A-3'), chase: { isPaused: true } });
    await world.seedDue('2026-11-09', { invoice: named('A-4'), user: { collectionsEnabled: false } });
    await world.seedDue('2026-11-09', { invoice: named('A-5', { amount: 'much' }) });
    await world.seedDue('2026-11-09', { invoice: named('A-6', { nextActionAt: new Date('2027-01-01') }) });
    const tick = world.newTick();
    await world.run(world.job, tick);
    const table = await describeEscalations(world.harness.db, `process-escalations_${tick}`);
    expect(table.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['invoice', 'due', 'status', 'level', 'what was done, or why nothing', 'looked at next'],
      [
        'A-1',
        '2026-11-09',
        'in_collections',
        'firm',
        'escalated, gentle passed over',
        '2026-12-09T00:00:00.000Z',
      ],
      ['A-2', '2026-11-19', 'in_collections', 'gentle', 'escalated', '2026-12-04T00:00:00.000Z'],
      ['A-3', '2026-11-09', 'overdue', 'pending', 'paused', 'never'],
      ['A-4', '2026-11-09', 'overdue', 'pending', 'reminders are switched off', '2026-11-25T00:00:00.000Z'],
      [
        'A-5',
        '2026-11-09',
        'overdue',
        'pending',
        'failed: corrupt_document, 1 in a row',
        '2026-11-24T11:00:00.000Z',
      ],
    ]);
    expect(await describeEscalations(world.harness.db, 'process-escalations_never')).toBe(
      '  no invoice was due',
    );
  });
});

import { type ChaseWorld, startChaseWorld } from './chaseWorld';
import { kinds } from './kinds';
import { playDays } from './playDays';
import { HOURS, sayPlayed, SCENARIO_DAYS } from './scenarioRuns';

describe('a freelancer with forty invoices', () => {
  let world: ChaseWorld;
  beforeAll(async () => {
    world = await startChaseWorld();
  }, 120_000);
  afterAll(() => world.harness.stop());

  it(
    'over Christmas and New Year: each day exactly the messages that the rules ask for',
    async () => {
      const played = await playDays(world, { kinds, start: '2026-12-01', days: SCENARIO_DAYS, hours: HOURS });
      sayPlayed('over Christmas and New Year', played);
      expect(played.sent).toBeGreaterThan(3 * kinds.length);
    },
    60_000 + SCENARIO_DAYS * 20_000,
  );
});

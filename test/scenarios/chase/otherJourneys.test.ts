import { type ChaseWorld, startChaseWorld } from './chaseWorld';
import { changedKinds, kinds } from './kinds';
import { playDays, type Scenario } from './playDays';
import { HOURS, sayPlayed } from './scenarioRuns';

describe('a freelancer with many invoices', () => {
  let world: ChaseWorld;
  beforeAll(async () => {
    world = await startChaseWorld();
  }, 120_000);
  afterAll(() => world.harness.stop());

  it.each<[string, Scenario]>([
    ['whose jobs are down for nine days', { kinds, start: '2026-10-05', days: 15, down: [2, 11] }],
    [
      'whose jobs run twice at once while the clocks go back',
      { kinds, start: '2026-10-22', days: 6, twice: true, everyMinute: [[2, 23]] },
    ],
    [
      'at Easter, when the clocks go forward',
      {
        kinds,
        start: '2027-03-24',
        days: 8,
        everyMinute:
          HOURS === null
            ? [
                [0, 7],
                [3, 23],
              ]
            : [],
      },
    ],
    [
      'and twenty about which people change their minds',
      { kinds: changedKinds, start: '2027-01-11', days: 22 },
    ],
  ])(
    '%s: each day exactly the messages that the rules ask for',
    async (name, scenario) => {
      const played = await playDays(world, { hours: HOURS, ...scenario });
      sayPlayed(name, played);
      expect(played.sent).toBeGreaterThan(scenario.kinds.length);
    },
    600_000,
  );
});

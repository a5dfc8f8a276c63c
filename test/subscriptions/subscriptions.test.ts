import { propertySeed } from '../support/propertyRuns';
import { SeededRandom } from '../support/random';
import { drawLife } from './lives';
import { permutationOf } from './permutation';
import { playLife, type Totals } from './playLife';
import { startWorld, type World } from './world';

/** How many lives are played; `npm run test:subscriptions` asks for more. */
const RUNS = Number(process.env['RECOUP_SUBSCRIPTION_RUNS'] ?? '60');

/** Lives that are played side by side. */
const SIDE_BY_SIDE = 12;
const LIMIT_MS = 60_000 + RUNS * 2_000;

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

describe('subscriptions, whatever order their events come in', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it(
    'end as Stripe has them',
    async () => {
      const totals: Totals = { lives: 0, events: 0, deliveries: 0, stalled: 0, repeated: 0 };
      const began = performance.now();
      try {
        for (let first = 0; first < RUNS; first += SIDE_BY_SIDE) {
          const runs = Array.from({ length: Math.min(SIDE_BY_SIDE, RUNS - first) }, (_, n) => first + n);
          await Promise.all(
            runs.map((run) => {
              const random = new SeededRandom(propertySeed + run * 7_919);
              return playLife(world, drawLife(random, permutationOf(run, propertySeed)), totals);
            }),
          );
          await world.forget();
        }
      } finally {
        const seconds = Math.round((performance.now() - began) / 1_000);
        say(
          `subscriptions: ${totals.lives} lives in ${seconds} s, seed ${propertySeed} (RECOUP_TEST_SEED repeats it)`,
        );
        say(`subscriptions: ${JSON.stringify(totals)}`);
      }
      expect(totals.lives).toBe(RUNS);
      // Else it would say little.
      expect(totals.stalled).toBeGreaterThan(RUNS / 2);
    },
    LIMIT_MS,
  );
});

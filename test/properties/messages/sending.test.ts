import fc from 'fast-check';
import { propertySeed } from '../../support/propertyRuns';
import { MOST_STORIES } from './cast';
import { playChapter, type Totals } from './playChapter';
import { chapters } from './story';
import { startWorld, type World } from './world';

/** How many stories are played; `npm run test:properties` asks for more. */
const RUNS = Number(process.env['RECOUP_PROPERTY_RUNS'] ?? '200');

/** Stories that are played side by side. */
const SIDE_BY_SIDE = 20;
const LIMIT_MS = 60_000 + RUNS * 2_000;

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

describe('sending, whoever says no and whenever', () => {
  let world: World;
  beforeAll(async () => {
    if (RUNS > MOST_STORIES) throw new Error(`There are numbers for ${MOST_STORIES} stories at the most.`);
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it(
    'claims nothing after a "no" was committed, and is taken at most once',
    async () => {
      const totals: Totals = {
        stories: 0,
        messages: 0,
        claims: 0,
        accepted: 0,
        nos: 0,
        inWindow: 0,
        final: {},
      };
      const began = performance.now();
      const result = await fc.check(
        fc.asyncProperty(chapters(SIDE_BY_SIDE), (chapter) => playChapter(world, chapter, totals)),
        // Played again, a race has another outcome: a smaller story that passes says nothing.
        { numRuns: Math.ceil(RUNS / SIDE_BY_SIDE), seed: propertySeed, endOnFailure: true },
      );
      const seconds = Math.round((performance.now() - began) / 1_000);
      say(
        `properties: ${totals.stories} stories in ${seconds} s, seed ${propertySeed} (RECOUP_TEST_SEED repeats it)`,
      );
      say(`properties: ${JSON.stringify(totals)}`);
      if (result.errorInstance instanceof Error) throw result.errorInstance;
      expect(result.failed).toBe(false);
      // Else it would say nothing.
      for (const count of [totals.claims, totals.accepted, totals.nos, totals.inWindow]) {
        expect(count).toBeGreaterThan(RUNS / 10);
      }
    },
    LIMIT_MS,
  );
});

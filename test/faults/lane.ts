import { z } from 'zod';
import { makePlan } from './plan/plan';
import { shrink } from './plan/shrink';
import { House } from './run/house';
import { playPlan, type Played } from './run/playPlan';
import { stories } from './stories/stories';

const orderSchema = z.object({
  seed: z.number(),
  from: z.number(),
  plans: z.number(),
  lane: z.number(),
  lanes: z.number(),
  emulator: z.string(),
});

/** What a lane tells of one plan. */
export interface LaneNews {
  readonly index: number;
  readonly story: string;
  readonly played: Played;
  /** The plan, and the least of it that still goes wrong; null when nothing did. */
  readonly shrunk: {
    readonly plan: unknown;
    readonly least: unknown;
    readonly wrong: readonly string[];
  } | null;
}

/** The last lines that the functions logged, for a plan that goes wrong. */
const logged: string[] = [];
function keepLog(...parts: unknown[]): boolean {
  logged.push(parts.map(String).join(' ').slice(0, 2_000));
  if (logged.length > 400) logged.splice(0, 200);
  return true;
}
Object.assign(console, { log: keepLog, info: keepLog, warn: keepLog, error: keepLog, debug: keepLog });
process.stdout.write = (text: unknown) => keepLog(text);

// What a dead instance was at work on ends in its client's refusal, now and then with nobody left to hear of it.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Error) || !error.message.includes('already been terminated')) throw error;
});

async function playLane(): Promise<void> {
  const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const house = await House.open(order.emulator);
  for (let n = order.lane; n < order.plans; n += order.lanes) {
    const plan = makePlan(order.seed, order.from + n, stories);
    const story = stories.find(({ name }) => name === plan.story);
    if (story === undefined) throw new Error(`there is no story ${plan.story}`);
    const play = (faults: typeof plan.faults): Promise<Played> =>
      playPlan(house, { ...plan, faults }, story).catch((error: unknown) => ({
        wrong: [`the driver failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`],
        fired: [],
        passed: [],
        killedAt: [],
      }));
    const played = await play(plan.faults);
    let shrunk: LaneNews['shrunk'] = null;
    if (played.wrong.length > 0) {
      const tail = logged.slice(-25);
      const { faults, wrong } = await shrink(plan.faults, async (fewer) => (await play(fewer)).wrong);
      shrunk = {
        plan: plan.faults,
        least: faults,
        wrong: [...wrong, ...tail.map((line) => `  log: ${line}`)],
      };
    }
    const news: LaneNews = { index: plan.index, story: plan.story, played, shrunk };
    process.send?.(news);
  }
  await house.close();
}

// Whoever ordered the plans is gone: nobody wants the rest.
process.once('disconnect', () => process.exit(1));

playLane().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    process.exit(1);
  },
);

import { SeededRandom } from '../../support/random';
import { Books } from '../invariants/books';
import { invariants } from '../invariants/invariants';
import { type Plan } from '../plan/plan';
import { type Story } from '../stories/story';
import { control } from '../../support/sandboxControl';
import { FaultDesk } from './faultDesk';
import { type House } from './house';
import { settle } from './settle';
import { Stage } from './stage';

export interface Played {
  /** What is not as it should be. */
  readonly wrong: readonly string[];
  /** Names of the faults that happened. */
  readonly fired: readonly string[];
  /** Crash points that were passed, and those at which something was killed. */
  readonly passed: readonly string[];
  readonly killedAt: readonly string[];
}

/** Plays a story with these faults, and looks at what it comes to. */
export async function playPlan(house: House, plan: Plan, story: Story): Promise<Played> {
  const seed = Math.imul(plan.seed, 31) + plan.index;
  const sealed = plan.sealed || story.sealed === true;
  await house.empty(seed, sealed);
  const act = await story.begin(house);
  if (sealed) await house.seal();
  const passed = new Set<string>();
  const desk = new FaultDesk(
    plan.faults,
    () => act.deeds.length,
    (n) => house.kill(n),
  );
  house.rule = () => desk.rule;
  house.onCrashPoint = (n, name) => {
    passed.add(name);
    desk.onCrashPoint(n, name);
  };
  await arrange(house, desk, story);

  const stage = new Stage(house, desk);
  const deeds = order(act.deeds, act.anyOrder === true ? desk.take('reorder') : null);
  const unanswered = [];
  const late = [];
  for (const [number, deed] of deeds.entries()) {
    house.later(1_000);
    if (deed.do === 'tick' && deed.notBefore !== undefined && deed.notBefore > house.now())
      house.travel(deed.notBefore);
    if (!(await stage.perform(deed, number))) unanswered.push(deed);
    desk.begin(number);
    if (desk.take('late_duplicate') !== null) late.push(deed);
    desk.end();
  }
  for (const deed of late) await stage.once(deed, 0);
  await control(house.sandbox, 'DELETE', 'faults');
  const lostTrigger = desk.take('lost_trigger') !== null;
  const restless = await settle(house, stage, act, unanswered, lostTrigger);
  const books = new Books(
    await house.documents(),
    house.ledger.commits(),
    house.sandbox.accepted(),
    house.now(),
    sealed,
  );
  const wrong = [...restless, ...invariants(books), ...act.check(books)];
  return { wrong, fired: desk.fired, passed: [...passed], killedAt: desk.killedAt };
}

async function arrange(house: House, desk: FaultDesk, { provider }: Story): Promise<void> {
  house.skewMinutes = desk.take('clock_skew')?.minutes ?? 0;
  for (let fault = desk.take('provider'); fault !== null; fault = desk.take('provider')) {
    const held = fault.mode === 'timeout_after_accept' ? { delayMs: 30 } : {};
    await control(house.sandbox, 'POST', 'faults', { provider, mode: fault.mode, count: 1, ...held });
  }
}

function order<T>(deeds: readonly T[], reorder: { readonly seed: number } | null): readonly T[] {
  return reorder === null ? deeds : new SeededRandom(reorder.seed).shuffled(deeds);
}

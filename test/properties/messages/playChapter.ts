import { gather } from './cast';
import { factsOf } from './factsOf';
import { type Chapter } from './story';
import { Teller } from './teller';
import { unheard } from './unheard';
import { wrongsOf } from './verdict';
import { type World } from './world';

/** What was played in all, to see that it was not too little. */
export interface Totals {
  stories: number;
  messages: number;
  claims: number;
  accepted: number;
  /** Words that speak against a message. */
  nos: number;
  /** Deeds between a claim and what we heard of it. */
  inWindow: number;
  final: Record<string, number>;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Plays stories side by side through their phases, then lets time pass until nothing more can happen.
 *
 * @throws Error that tells what went wrong in which story
 */
export async function playChapter(world: World, chapter: Chapter, totals: Totals): Promise<void> {
  const { harness } = world;
  harness.travel(nextTuesday(harness.now()));
  const tellers = await Promise.all(
    chapter.stories.map(async (story) => new Teller(world, story, await gather(world, story))),
  );
  for (const [n, { hoursLater, reconcile }] of chapter.phases.entries()) {
    if (n > 0) harness.travel(new Date(harness.now().getTime() + hoursLater * HOUR_MS));
    await Promise.all([
      ...tellers.map((teller) => teller.play(n)),
      ...(reconcile ? [world.reconcile()] : []),
    ]);
  }
  // A day: what is unknown is final. A week: what still waits is stale.
  harness.travel(new Date(harness.now().getTime() + DAY_MS + HOUR_MS));
  await world.reconcile();
  harness.travel(new Date(harness.now().getTime() + 7 * DAY_MS));
  await Promise.all(tellers.map((teller) => teller.dispatchAll()));
  await world.reconcile();
  await Promise.all(tellers.map((teller) => judge(world, teller, totals)));
  await world.forget();
}

async function judge(world: World, teller: Teller, totals: Totals): Promise<void> {
  const facts = await factsOf(world, teller);
  totals.stories += 1;
  totals.inWindow += teller.inWindow;
  for (const { claims, accepted, voices, status } of facts) {
    totals.messages += 1;
    totals.claims += claims.length;
    totals.accepted += accepted;
    totals.nos += voices.flatMap(({ said }) => said).filter(({ no }) => no).length;
    totals.final[status] = (totals.final[status] ?? 0) + 1;
  }
  const wrongs = [...wrongsOf(facts), ...(await unheard(world, teller))];
  if (wrongs.length === 0) return;
  throw new Error(
    `${wrongs.join('\n')}\nin the story ${JSON.stringify(teller.story)}\nof which is known ${JSON.stringify(facts)}`,
  );
}

/** The next Tuesday at half past nine UTC, after the moment: within contact hours of London, summer and winter. */
function nextTuesday(after: Date): Date {
  const day = new Date(`${after.toISOString().slice(0, 10)}T09:30:00Z`);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 2);
  return day;
}

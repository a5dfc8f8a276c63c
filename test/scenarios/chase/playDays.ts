import { type ChaseWorld } from './chaseWorld';
import { Books } from './books';
import { foundCompany } from './company';
import { Doer } from './doDeed';
import { type Kind } from './kinds';
import { londonHour, londonMoment, plusDays } from './londonMoment';
import { jobsAt } from './schedule';
import { SecondOpinion } from './secondOpinion';

export interface Scenario {
  readonly kinds: readonly Kind[];
  /** 'YYYY-MM-DD'. */
  readonly start: string;
  readonly days: number;
  /** Hours of London at which the hourly jobs run; null: every hour. */
  readonly hours?: readonly number[] | null;
  /** Days, from and up to but not including, on which no job runs at all. */
  readonly down?: readonly [number, number];
  /** Each slot comes twice, to two instances at once. */
  readonly twice?: boolean;
  /** Days and hours of London at which three hours begin in which the minute jobs run every minute. */
  readonly everyMinute?: readonly (readonly [number, number])[];
}

export interface Played {
  days: number;
  sent: number;
  refused: number;
  seconds: number;
}

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
const WINDOW_MS = 180 * MINUTE_MS;

/**
 * Travels through the days of a scenario half-hour by half-hour: what people do happens at half past, the jobs run on
 * the hour. At the end of each day everything that was sent, waits or was refused must be what the rules say.
 */
export async function playDays(world: ChaseWorld, scenario: Scenario): Promise<Played> {
  const { kinds, start, days, down = [0, 0] } = scenario;
  const { harness } = world;
  const began = performance.now();
  await world.empty();
  const opinion = new SecondOpinion(kinds, start);
  const company = await foundCompany(world, kinds, start);
  const doer = new Doer(world, company, start);
  const books = new Books(world, company);
  const played = { days, sent: 0, refused: 0, seconds: 0 };

  harness.travel(new Date(londonMoment(start, '00:00').getTime() - HALF_HOUR_MS));
  await doer.sendAll(kinds);
  opinion.sendAll(harness.now());
  await world.sendNew();

  for (let day = 0; day < days; day += 1) {
    const today = plusDays(start, day);
    const runs = day < down[0] || day >= down[1];
    const end = londonMoment(plusDays(today, 1), '00:00');
    for (let at = londonMoment(today, '00:00'); at < end; at = new Date(at.getTime() + HALF_HOUR_MS)) {
      const deeds = deedsAt(kinds, day, today, at);
      if (deeds.length > 0) harness.travel(at);
      for (const { kind, deed } of deeds) {
        await doer.perform(kind, deed);
        opinion.happen(kind.name, deed, at);
      }
      if (deeds.length > 0) await world.sendNew();
      if (runs && Number.isInteger(londonHour(at))) await playHour(world, opinion, scenario, at);
      if (runs && isInWindow(scenario, at)) await playMinutes(world, at);
    }
    await compare(books, opinion, today, played);
    await world.forgetRuns(londonMoment(today, '00:00'));
  }
  played.seconds = Math.round((performance.now() - began) / 1_000);
  return played;
}

/** The jobs of a full hour, and then what there is for the minute's. */
async function playHour(
  world: ChaseWorld,
  opinion: SecondOpinion,
  { hours = null, twice = false }: Scenario,
  at: Date,
): Promise<void> {
  const jobs = jobsAt(at, hours);
  world.harness.travel(at);
  await world.runJobs(jobs, twice);
  opinion.hour(at, jobs);
  await world.sendNew();
  await world.dispatchDue();
}

/** The minutes up to the next half-hour: nothing is due in them, and nothing may happen. */
async function playMinutes(world: ChaseWorld, from: Date): Promise<void> {
  for (let minute = 1; minute < 30; minute += 1) {
    world.harness.travel(new Date(from.getTime() + minute * MINUTE_MS));
    await world.runMinute();
  }
}

function isInWindow({ start, everyMinute = [] }: Scenario, at: Date): boolean {
  return everyMinute.some(([day, hour]) => {
    const since =
      at.getTime() - londonMoment(plusDays(start, day), `${String(hour).padStart(2, '0')}:00`).getTime();
    return since >= 0 && since < WINDOW_MS;
  });
}

function deedsAt(kinds: readonly Kind[], day: number, today: string, at: Date) {
  return kinds.flatMap((kind) =>
    (kind.happenings ?? [])
      .filter((one) => one.day === day && londonMoment(today, one.at).getTime() === at.getTime())
      .map(({ deed }) => ({ kind, deed })),
  );
}

async function compare(books: Books, opinion: SecondOpinion, day: string, played: Played): Promise<void> {
  const { post } = opinion;
  const sent = await books.takeSent();
  expect({ day, sent }).toEqual({ day, sent: post.takeSent() });
  played.sent += sent.length;
  const fates = await books.fates();
  played.refused = fates.refused.length;
  expect({ day, ...fates }).toEqual({
    day,
    sent: played.sent,
    waiting: post.waits(),
    refused: post.refused(),
    odd: [],
  });
  const statuses = Object.fromEntries([...opinion.files].map(([name, { status }]) => [name, status]));
  expect({ day, ...(await books.statuses()) }).toEqual({ day, ...statuses });
}

import { type LaneNews } from './lane';
import { FAULT_NAMES } from './plan/plan';
import { stories } from './stories/stories';

/** So many plans at least must show every fault and every crash point. */
export const ENOUGH_PLANS = 2_000;

/** What came of the plans: counts, and those that went wrong. */
export class Report {
  plans = 0;
  readonly wrong: string[] = [];
  private readonly fired = new Map<string, number>(FAULT_NAMES.map((name) => [name, 0]));
  private readonly killedAt = new Map<string, number>(
    [...new Set(stories.flatMap(({ crashPoints }) => crashPoints))].sort().map((name) => [name, 0]),
  );
  private readonly played = new Map<string, number>(stories.map(({ name }) => [name, 0]));

  constructor(private readonly seed: number) {}

  add({ index, story, played, shrunk }: LaneNews): void {
    this.plans += 1;
    count(this.played, story);
    for (const name of played.fired) count(this.fired, name);
    for (const name of played.killedAt) count(this.killedAt, name);
    if (shrunk === null) return;
    this.wrong.push(
      [
        `Plan ${index} of seed ${this.seed} (${story}) goes wrong. Again: npm run test:faults -- --plans 1 --seed ${this.seed} --from ${index}`,
        `  with ${JSON.stringify(shrunk.plan)}:`,
        ...played.wrong.map((line) => `    ${line}`),
        `  shrunk to ${JSON.stringify(shrunk.least)}:`,
        ...shrunk.wrong.map((line) => `    ${line}`),
      ].join('\n'),
    );
  }

  /** Faults and crash points that never happened. */
  missing(): string[] {
    return [...this.fired, ...this.killedAt].flatMap(([name, times]) => (times === 0 ? [name] : []));
  }

  /** @param tookMs how long all of them took */
  table(tookMs: number): string {
    const rate = (this.plans / (tookMs / 1000)).toFixed(1);
    return [
      `${this.plans} plans of seed ${this.seed} in ${Math.round(tookMs / 1000)} s (${rate} per second), ${this.wrong.length} wrong`,
      'Faults that happened:',
      ...rows(this.fired),
      'Killed at:',
      ...rows(this.killedAt),
      'Stories:',
      ...rows(this.played),
    ].join('\n');
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function rows(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].map(([name, times]) => `  ${String(times).padStart(6)}  ${name}`);
}

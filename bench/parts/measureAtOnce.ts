import { type Firestore } from 'firebase-admin/firestore';
import { type DeliveryKind } from './deliveryKinds';

/** Medians of the wall time of one delivery and of five of the same event at the same instant, in one run. */
export interface AtOnce {
  readonly oneMs: number;
  readonly fiveMs: number;
}

const ROUNDS = 25;

/** Alternates the two, so that whatever else the machine does weighs on both alike. */
export async function measureAtOnce(
  db: Firestore,
  kind: DeliveryKind,
  deliver: (event: object, times: number) => Promise<void>,
): Promise<AtOnce> {
  const times: Record<1 | 5, number[]> = { 1: [], 5: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const count of [1, 5] as const) {
      const prepared = await kind.prepare(db, (event) => deliver(event, 1));
      const started = performance.now();
      await deliver(prepared, count);
      times[count].push(performance.now() - started);
    }
  }
  return { oneMs: median(times[1]), fiveMs: median(times[5]) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

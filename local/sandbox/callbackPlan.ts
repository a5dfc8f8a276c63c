import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How a provider behaves towards our webhooks by itself, without being asked for each callback. */
export const callbackPlanFields = {
  /** manual: nothing is sent unless a control asks for it. */
  callbacks: z.enum(['auto', 'manual']),
  order: z.enum(['usual', 'reversed']).default('usual'),
  /** Further copies of each callback, sent at the same time. */
  duplicates: z.number().int().min(0).max(50).default(0),
  /** Share of the callbacks that never arrive. */
  lose: z.number().min(0).max(1).default(0),
  /** Wait before each callback. */
  delayMs: z.number().int().min(0).max(600_000).default(0),
};

export interface CallbackPlan {
  order: 'usual' | 'reversed';
  duplicates: number;
  lose: number;
  delayMs: number;
}

/** One callback: what changes at the provider when its time has come, and its delivery. */
export interface Callback {
  happen: () => void;
  post: () => Promise<unknown>;
}

/** Plays callbacks one after the other, as the plan spoils them. What is lost has happened all the same. */
export async function playCallbacks(
  callbacks: readonly Callback[],
  plan: CallbackPlan,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  const ordered = plan.order === 'reversed' ? callbacks.toReversed() : callbacks;
  for (const { happen, post } of ordered) {
    if (plan.delayMs > 0) await sleep(plan.delayMs, undefined, { signal });
    if (signal.aborted) return;
    happen();
    const copies = Array.from({ length: 1 + plan.duplicates }, random).filter((drawn) => drawn >= plan.lose);
    await Promise.all(copies.map(post));
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault } from './faultPlan';
import { type Provider, type SandboxAnswer, type SandboxRequest } from './provider';

/** No answer is ever given: the connection is held for `holdMs`, then cut. */
export interface Silence {
  holdMs: number;
}

/** Longer than any client here waits. */
const DEFAULT_HOLD_MS = 120_000;
const DEFAULT_SLOW_MS = 2_000;

/** Answers one API request, or fails it in the way that was asked for. */
export async function answerProvider(
  provider: Provider,
  request: SandboxRequest,
  fault: Fault | undefined,
): Promise<SandboxAnswer | Silence> {
  const proceed = (): Promise<void> => Promise.resolve();
  if (fault === undefined) return provider.call(request, proceed);
  const hold = { holdMs: fault.delayMs ?? DEFAULT_HOLD_MS };
  switch (fault.mode) {
    case 'slow':
      return provider.call(request, () => sleep(fault.delayMs ?? DEFAULT_SLOW_MS));
    case 'timeout_after_accept':
      await provider.call(request, proceed);
      return hold;
    case 'timeout':
      return hold;
    case 'reset':
      return { holdMs: 0 };
    case 'rate_limit':
      return provider.refuse(429);
    case 'server_error':
      return provider.refuse(500);
    case 'unavailable':
      return provider.refuse(503);
  }
}

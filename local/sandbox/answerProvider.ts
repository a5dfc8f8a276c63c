import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault } from './faultPlan';
import { type Provider, type SandboxAnswer, type SandboxRequest } from './provider';

/** No answer is ever given: the connection is held for `holdMs`, then cut. */
export interface Silence {
  holdMs: number;
  /** As in SandboxAnswer. */
  afterwards?: () => void;
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
      return { ...hold, ...goingOn(await provider.call(request, proceed)) };
    case 'accept_then_error':
      return { ...provider.refuse(500), ...goingOn(await provider.call(request, proceed)) };
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
    case 'provider_error':
      return provider.refuse(fault.status ?? 400, fault.code);
  }
}

/** The caller does not learn that it happened; the provider goes on all the same. */
function goingOn({ afterwards }: SandboxAnswer): Pick<SandboxAnswer, 'afterwards'> {
  return afterwards === undefined ? {} : { afterwards };
}

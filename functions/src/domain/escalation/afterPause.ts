import { type EscalationState } from '../invoice/escalationState';

/**
 * The chase once its present pause is over, whoever or whatever ends it: it goes on, or is back in a pause of the
 * freelancer's own of which a claim or a dispute had taken the place.
 */
export function afterPause(state: EscalationState, now: Date): EscalationState {
  const before = state.pausedBefore ?? null;
  const running = {
    ...state,
    isPaused: false,
    pauseReason: null,
    pausedAt: null,
    pauseUntil: null,
    pausedBefore: null,
  };
  if (before === null || (before.until !== null && before.until <= now)) return running;
  return {
    ...running,
    isPaused: true,
    pauseReason: before.reason,
    pausedAt: now,
    pauseUntil: before.until,
    pauseCount: (state.pauseCount ?? 0) + 1,
  };
}

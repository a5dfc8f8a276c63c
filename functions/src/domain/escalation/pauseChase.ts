import { type TimelineRow } from '../changes';
import { type EscalationState, type PauseReason } from '../invoice/escalationState';

export interface Pause {
  readonly reason: PauseReason;
  /** When it ends by itself; null: only when somebody ends it. */
  readonly until: Date | null;
  /** For the time line. */
  readonly message: string;
}

/** A chase that was paused or goes on, and the row in the time line that says so. */
export interface ChaseMove {
  readonly state: EscalationState;
  readonly row: TimelineRow;
}

/**
 * Pauses a chase, at whatever level it is. A claim or a dispute that comes in the middle of the freelancer's own pause
 * keeps that in mind, so that its end does not start a chase which he had stopped.
 */
export function pauseChase(invoiceId: string, state: EscalationState, pause: Pause, now: Date): ChaseMove {
  const { reason, until, message } = pause;
  const pauseCount = (state.pauseCount ?? 0) + 1;
  const own = reason === 'manual' || reason === 'promise';
  return {
    state: {
      ...state,
      isPaused: true,
      pauseReason: reason,
      pausedAt: now,
      pauseUntil: until,
      pausedBefore: own ? null : ownPauseOf(state),
      pauseCount,
    },
    row: {
      id: `${invoiceId}_paused_${pauseCount}`,
      invoiceId,
      freelancerId: state.freelancerId,
      level: state.currentLevel,
      eventType: 'paused',
      message,
    },
  };
}

function ownPauseOf(state: EscalationState): EscalationState['pausedBefore'] {
  const { isPaused, pauseReason, pauseUntil, pausedBefore } = state;
  if (!isPaused) return null;
  if (pauseReason === 'manual' || pauseReason === 'promise')
    return { reason: pauseReason, until: pauseUntil ?? null };
  return pausedBefore ?? null;
}

import { type EscalationState } from '../invoice/escalationState';
import { type ChaseMove, pauseChase } from './pauseChase';

/**
 * Ends the present pause of a chase. Where it took the place of a pause of the freelancer's own that is not over, the
 * chase is back in that one.
 *
 * @param message why it goes on, for the time line
 */
export function resumeChase(
  invoiceId: string,
  state: EscalationState,
  message: string,
  now: Date,
): ChaseMove {
  const before = state.pausedBefore ?? null;
  const running = { ...state, isPaused: false, pauseReason: null, pausedAt: null, pauseUntil: null };
  if (before !== null && (before.until === null || before.until > now)) {
    const note = `${message} Reminders stay paused, as they were before.`;
    return pauseChase(invoiceId, { ...running, pausedBefore: null }, { ...before, message: note }, now);
  }
  return {
    state: { ...running, pausedBefore: null },
    row: {
      // Of the pause that it ends.
      id: `${invoiceId}_resumed_${state.pauseCount ?? 0}`,
      invoiceId,
      freelancerId: state.freelancerId,
      level: state.currentLevel,
      eventType: 'resumed',
      message,
    },
  };
}

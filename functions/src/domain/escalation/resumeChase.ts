import { type EscalationState } from '../invoice/escalationState';
import { afterPause } from './afterPause';
import { type ChaseMove } from './pauseChase';

/**
 * Ends the present pause of a chase. Where it took the place of a pause of the freelancer's own that is not over, the
 * chase is back in that one.
 *
 * @param message why it goes on, for the time line
 */
export function resumeChase(
  invoiceId: string,
  before: EscalationState,
  message: string,
  now: Date,
): ChaseMove {
  const state = afterPause(before, now);
  const row = { invoiceId, freelancerId: state.freelancerId, level: state.currentLevel };
  if (state.isPaused) {
    return {
      state,
      row: {
        ...row,
        id: `${invoiceId}_paused_${state.pauseCount ?? 0}`,
        eventType: 'paused',
        message: `${message} Reminders stay paused, as they were before.`,
      },
    };
  }
  // Named by the pause that it ends.
  return {
    state,
    row: { ...row, id: `${invoiceId}_resumed_${state.pauseCount ?? 0}`, eventType: 'resumed', message },
  };
}

import { type Caller } from '../domain/caller';
import { decidePause, decideResume, type WishedPause } from '../domain/escalation/decidePause';
import { daysBetween, londonDay, startOfNextLondonDay } from '../domain/londonDay';
import { BadInputError } from '../platform/errors';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { carryOut } from './carryOut';
import { type Deps } from './deps';
import { ownInvoiceOf } from './ownInvoiceOf';

export interface PauseAnswer {
  readonly invoiceId: string;
  readonly isPaused: boolean;
  /** ISO; null: until it is resumed. */
  readonly pauseUntil: string | null;
}

/**
 * Stops the reminders about an invoice of the caller's own, for as long as he says. Repeated, it changes nothing;
 * with another reason or day it takes the place of the earlier pause.
 *
 * @param input `until`: the last day of the pause, 'YYYY-MM-DD' in London; null: until somebody ends it
 * @throws NotFoundError, ForbiddenError, BadInputError for a day that is past or far off, ConflictError with the reason
 */
export async function pauseEscalation(
  deps: Deps,
  caller: Caller,
  input: {
    readonly invoiceId: string;
    readonly reason: WishedPause['reason'];
    readonly until: string | null;
  },
): Promise<PauseAnswer> {
  const { invoiceId, reason } = input;
  return retryConflicts(deps.random, async () => {
    const now = deps.clock.now();
    if (input.until !== null) requirePossible(input.until, londonDay(now));
    const until = input.until === null ? null : startOfNextLondonDay(input.until);
    const unit = new UnitOfWork(deps.db);
    const { state } = await ownInvoiceOf(deps, unit, caller, invoiceId);
    await carryOut(deps, unit, 'pause-escalation', decidePause(state, { reason, until }, now), now);
    return { invoiceId, isPaused: true, pauseUntil: until?.toISOString() ?? null };
  });
}

/** How long a freelancer wants to wait is his affair; but Firestore has no moment after the year 9999. */
const MOST_DAYS = 36_525;

function requirePossible(until: string, today: string): void {
  if (until < today) throw new BadInputError('until: is past');
  if (daysBetween(today, until) > MOST_DAYS)
    throw new BadInputError('until: is more than a hundred years away');
}

/**
 * Lets the chase of an invoice of the caller's own go on. One that is not paused goes on as it is.
 *
 * @throws NotFoundError, ForbiddenError, or ConflictError when it is not for the caller alone to end the pause
 */
export async function resumeEscalation(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<PauseAnswer> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const { state } = await ownInvoiceOf(deps, unit, caller, invoiceId);
    const now = deps.clock.now();
    await carryOut(deps, unit, 'resume-escalation', decideResume(state, now), now);
    return { invoiceId, isPaused: false, pauseUntil: null };
  });
}

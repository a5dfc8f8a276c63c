import { type DunningLevel } from '../invoice/dunningLevels';
import { dayAfter, startOfNextLondonDay } from '../londonDay';
import { type Policy } from '../gate/policy';

export type EscalationPolicy = Policy['escalation'];

/** A level that sends or offers something. */
export type ActiveLevel = Exclude<DunningLevel, 'pending'>;

/** From the mildest on. */
export const activeLevels = ['gentle', 'firm', 'final', 'agency'] as const satisfies readonly ActiveLevel[];

/**
 * The instant from which a level applies: midnight in London at the start of the day that is so many calendar days
 * after the due date. Anchored on the debt, never on when anybody looked.
 */
export function levelStarts(level: ActiveLevel, dueDate: string, policy: EscalationPolicy): Date {
  return startOfNextLondonDay(dayAfter(dueDate, policy[level] - 1));
}

/** The instant from which another level may follow the last one; null when there was none. */
export function gapEnds(
  lastEscalatedAt: Date | null | undefined,
  { gapDays }: EscalationPolicy,
): Date | null {
  return lastEscalatedAt == null ? null : new Date(lastEscalatedAt.getTime() + gapDays * 24 * 60 * 60 * 1000);
}

import { type DunningLevel, dunningLevels } from '../invoice/dunningLevels';
import { type ActiveLevel, activeLevels } from './levelMoments';

/** The levels that can still come: after the one that was reached, and never one that was sent. Mildest first. */
export function levelsAfter(reached: DunningLevel, sentLevels: readonly string[]): readonly ActiveLevel[] {
  return activeLevels.filter(
    (level) => dunningLevels.indexOf(level) > dunningLevels.indexOf(reached) && !sentLevels.includes(level),
  );
}

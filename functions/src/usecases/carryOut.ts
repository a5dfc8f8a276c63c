import { type Decision } from '../domain/decision';
import { crashPoint } from '../platform/crashPoint';
import { ConflictError } from '../platform/errors';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { writeChanges } from './writeChanges';

/**
 * Commits what was decided of a person's wish, if there is anything to change.
 *
 * @param name of the wish, for the crash points around the commit
 * @throws ConflictError with the reason when it was refused; whatever the commit throws
 */
export async function carryOut(
  deps: Deps,
  unit: UnitOfWork,
  name: string,
  decision: Decision,
  now: Date,
): Promise<void> {
  if (decision.kind === 'refused') throw new ConflictError(decision.reason);
  if (decision.kind === 'unchanged') return;
  writeChanges(deps, unit, decision.changes, now);
  crashPoint(`${name}.before-commit`);
  await unit.commit();
  crashPoint(`${name}.after-commit`);
}

import { type Caller } from '../../domain/caller';
import { NotFoundError } from '../../platform/errors';
import { Lease } from '../../store/lease';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';

/**
 * Takes a job's lease away from whoever holds it, so that the next tick need not wait until it runs out. A runner that
 * is still at work is refused its next write and stops.
 *
 * @returns `released`: whether somebody held it
 * @throws ForbiddenError, NotFoundError
 */
export function releaseLease(
  deps: Deps,
  caller: Caller,
  { jobName, reason }: { readonly jobName: string; readonly reason: string | null },
): Promise<{ readonly jobName: string; readonly released: boolean }> {
  return asAdmin(deps, caller, { action: 'releaseLease', target: jobName, reason }, async () => {
    const released = await Lease.takeAway(deps, jobName);
    if (released === null) throw new NotFoundError('There is no such lease.');
    return { jobName, released };
  });
}

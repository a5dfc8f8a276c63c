import * as z from 'zod';
import { standingOf } from '../../domain/account/closing';
import { type Caller } from '../../domain/caller';
import { ForbiddenError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';

/** What an admin does, as it stands in `audit_log`. */
export interface AdminAct {
  /** The call's name. */
  readonly action: string;
  /** What it is done to: an id, or a keyed hash; never an address. */
  readonly target: string | null;
  readonly reason?: string | null;
}

const adminSchema = z.object({ role: z.string().nullish(), status: z.string().nullish() });

/**
 * Does what only an admin may do. His token and his own record have to say that he is one: a token outlives the moment at
 * which somebody ceases to be an admin, the record does not. The row in the audit log is written first, so that nothing is
 * done or read that stands nowhere; a refused try by somebody whose token says "admin" stands there too.
 *
 * @throws ForbiddenError
 */
export async function asAdmin<R>(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  caller: Caller,
  { action, target, reason = null }: AdminAct,
  work: () => Promise<R>,
): Promise<R> {
  if (!caller.saysAdmin) throw new ForbiddenError('This is for admins.');
  const record = decode(adminSchema, await collections.user(deps.db, caller.uid).get());
  const allowed = record?.role === 'admin' && standingOf({ status: record.status }) === 'active';
  await collections.auditLog(deps.db, deps.random.documentId()).create({
    actorId: caller.uid,
    action,
    target,
    reason,
    allowed,
    via: 'call',
    createdAt: deps.clock.now(),
  });
  if (!allowed) throw new ForbiddenError('This is for admins.');
  return work();
}

import { type Account, accountSchema } from '../../domain/account/account';
import { type AccountChange } from '../../domain/account/accountChange';
import { standingOf } from '../../domain/account/closing';
import { decideToClose, decideToKeep } from '../../domain/account/decideClosing';
import { type Caller } from '../../domain/caller';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { writeAccount } from './writeAccount';

export interface DeletionAnswer {
  readonly status: 'closing' | 'kept';
  /** ISO; when the account is closed if nobody stops it. Null once it is kept. */
  readonly closesAt: string | null;
}

/**
 * Marks the caller's own account as one that is to be closed in 72 hours, or keeps one that was marked. Repeated, it
 * answers the same and the grace does not begin anew.
 *
 * @param input `keep`: the caller has thought better of it
 * @throws ConflictError when the account is closed already
 */
export async function deleteMyAccount(
  deps: Deps,
  caller: Caller,
  { keep }: { readonly keep: boolean },
): Promise<DeletionAnswer> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const ref = collections.user(db, caller.uid);
    await unit.read(ref);
    const account = decode(accountSchema, unit.snapshot(ref));
    const now = deps.clock.now();
    if (account !== null && standingOf(account) === 'closed')
      throw new ConflictError('This account is closed.');
    const change = keep ? keepOf(account, now) : decideToClose(account, 'user', now.getTime(), now);
    if (change?.fields != null) {
      writeAccount(deps, unit, caller.uid, change, now);
      crashPoint('delete-account.before-commit');
      await unit.commit();
      crashPoint('delete-account.after-commit');
    }
    if (keep) return { status: 'kept', closesAt: null };
    const closesAt = account?.closing?.closesAt ?? change?.deletion?.closesAt ?? null;
    return { status: 'closing', closesAt: closesAt?.toISOString() ?? null };
  });
}

function keepOf(account: Account | null, now: Date): AccountChange | null {
  return account === null ? null : decideToKeep(account, 'user', now);
}

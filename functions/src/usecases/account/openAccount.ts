import { type Account, accountSchema, newAccount } from '../../domain/account/account';
import { standingOf } from '../../domain/account/closing';
import { type Caller } from '../../domain/caller';
import { ConflictError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/**
 * Lets a freelancer start something, if his account is open. Where no Clerk announces users, this is also what makes
 * the account: the first such call of somebody with a verified address writes it down, and a later one follows a change.
 *
 * @returns the account; null while there is none and the caller's address is not verified
 * @throws ConflictError when the account is to be closed, or is
 */
export async function openAccount(
  { db, random, clock }: Pick<Deps, 'db' | 'random' | 'clock'>,
  caller: Caller,
): Promise<Account | null> {
  return retryConflicts(random, async () => {
    const unit = new UnitOfWork(db);
    const ref = collections.user(db, caller.uid);
    await unit.read(ref);
    const account = decode(accountSchema, unit.snapshot(ref));
    if (account !== null) requireOpen(account);
    const { verifiedEmail: email } = caller;
    if (email === null || account?.clerk != null || account?.email === email) return account;
    const now = clock.now();
    unit.save(ref, {
      ...newAccount(now, unit.snapshot(ref).data()),
      email,
      updatedAt: now,
    });
    await unit.commit();
    return { ...account, email };
  });
}

function requireOpen(account: Account): void {
  switch (standingOf(account)) {
    case 'closing':
      throw new ConflictError('This account is about to be closed. Keep it first, then try again.');
    case 'closed':
      throw new ConflictError('This account is closed.');
    case 'active':
    case 'inactive':
  }
}

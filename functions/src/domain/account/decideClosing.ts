import { type Account, newAccount } from './account';
import { type AccountChange } from './accountChange';
import { type Closing, CLOSING_GRACE_MS, standingOf } from './closing';

/**
 * Marks an account as one that is to be closed, in 72 hours. Asked again it changes nothing but when it was said last,
 * so that the grace does not begin anew. An account that nobody knows yet is marked as well: events may come in any order.
 *
 * @param saidAt when it was asked for, by the asker's clock, milliseconds since 1970
 */
export function decideToClose(
  account: Account | null,
  by: Closing['by'],
  saidAt: number,
  now: Date,
): AccountChange {
  const closing = account?.closing;
  if (account !== null && standingOf(account) === 'closed')
    return { outcome: 'account_closed', fields: null };
  if (closing != null) {
    const fields = saidAt > closing.saidAt ? { closing: { ...closing, saidAt }, updatedAt: now } : null;
    return { outcome: 'closing_already', fields };
  }
  const closesAt = new Date(now.getTime() + CLOSING_GRACE_MS);
  const mark: Closing = {
    by,
    requestedAt: now,
    closesAt,
    saidAt,
    statusBefore: account?.status ?? null,
    startedAt: null,
  };
  return {
    outcome: 'closing',
    fields: {
      ...(account === null ? newAccount(now) : {}),
      status: 'closing',
      closing: mark,
      updatedAt: now,
    },
    deletion: { event: 'requested', by, requestedAt: now, closesAt },
  };
}

/** Keeps an account that was to be closed: it is what it was before. Null when there is nothing to stop. */
export function decideToKeep(
  { status, closing }: Account,
  by: Closing['by'],
  now: Date,
): Required<AccountChange> | null {
  if (closing == null || standingOf({ status, closing }) !== 'closing') return null;
  return {
    outcome: 'kept',
    fields: { status: closing.statusBefore ?? 'active', closing: null, updatedAt: now },
    deletion: { event: 'withdrawn', by, requestedAt: closing.requestedAt, closesAt: null },
  };
}

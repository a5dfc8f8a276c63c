import { type Account } from './account';
import { type AccountChange } from './accountChange';
import { type ClerkEvent, type ClerkUser, fullName, primaryEmail } from './clerkEvent';
import { standingOf } from './closing';
import { decideToClose, decideToKeep } from './decideClosing';

/**
 * What an event of Clerk does to an account, in whatever order events come: the user's newest state stays, a deletion
 * marks the account, and whatever was said of the user after the deletion keeps it.
 *
 * @param lacking what a new account starts with and this one has not got
 */
export function decideClerkUser(
  account: Account | null,
  event: ClerkEvent,
  lacking: Readonly<Record<string, unknown>>,
  now: Date,
): AccountChange {
  if (event.type === 'user.deleted') {
    const saidAt = event.timestamp ?? account?.clerk?.saidAt ?? 0;
    // The user was there again after it.
    if (account?.clerk != null && saidAt < account.clerk.saidAt) return { outcome: 'older', fields: null };
    return decideToClose(account, 'clerk', saidAt, now);
  }
  const saidAt = event.timestamp ?? event.data.updated_at;
  if (account === null) {
    return {
      outcome: 'created',
      fields: { ...lacking, ...profileOf(null, event.data, saidAt), updatedAt: now },
    };
  }
  if (standingOf(account) === 'closed') return { outcome: 'account_closed', fields: null };
  if (account.closing != null && saidAt <= account.closing.saidAt) return { outcome: 'older', fields: null };
  const kept = decideToKeep(account, 'clerk', now);
  const isNewest = account.clerk == null || event.data.updated_at >= account.clerk.updatedAt;
  if (!isNewest && kept === null) return { outcome: 'older', fields: null };
  return {
    outcome: kept?.outcome ?? 'updated',
    fields: {
      ...lacking,
      ...kept?.fields,
      ...(isNewest ? profileOf(account, event.data, saidAt) : {}),
      updatedAt: now,
    },
    ...(kept === null ? {} : { deletion: kept.deletion }),
  };
}

/**
 * What Clerk knows better than we do: the address. The name follows Clerk's only while nobody has written another one
 * into the profile.
 */
function profileOf(account: Account | null, user: ClerkUser, saidAt: number): Record<string, unknown> {
  const name = fullName(user);
  const email = primaryEmail(user);
  const current = account?.name ?? null;
  const isOurs = current === null || current === '' || current === (account?.clerk?.name ?? null);
  return {
    ...(email === null ? {} : { email }),
    ...(isOurs && name !== null ? { name } : {}),
    clerk: { updatedAt: user.updated_at, saidAt: Math.max(saidAt, account?.clerk?.saidAt ?? 0), name },
  };
}

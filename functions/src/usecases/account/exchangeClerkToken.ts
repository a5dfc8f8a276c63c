import { accountSchema } from '../../domain/account/account';
import { standingOf } from '../../domain/account/closing';
import { realClock } from '../../platform/clock';
import { clerkTokensOf } from '../../platform/config';
import { ConflictError, UnauthenticatedError } from '../../platform/errors';
import { verifyClerkToken } from '../../providers/clerk/verifyClerkToken';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';

/**
 * Exchanges a session token of Clerk for one with which the web client signs in to Firebase, as the same user: his id here
 * is his id there. Writes nothing; the account is made by Clerk's own events. Not for an account that is closed: signing in
 * would make the record in Firebase Auth anew that its erasure deletes.
 *
 * @throws ConflictError where Clerk is not configured or the account is closed, UnauthenticatedError for a token that does not hold
 */
export async function exchangeClerkToken(
  deps: Pick<Deps, 'db' | 'config' | 'identity'>,
  { token }: { readonly token: string },
): Promise<{ readonly token: string }> {
  const settings = clerkTokensOf(deps.config);
  if (settings === null) throw new ConflictError('Signing in with Clerk is not set up here.');
  const uid = verifyClerkToken(settings, token, realClock.now());
  if (uid === null) throw new UnauthenticatedError();
  const account = decode(accountSchema, await collections.user(deps.db, uid).get());
  if (account !== null && standingOf(account) === 'closed')
    throw new ConflictError('This account is closed.');
  return { token: await deps.identity.customToken(uid) };
}

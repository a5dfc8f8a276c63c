import { type AuthBlockingEvent } from 'firebase-functions/v2/identity';
import { log } from '../platform/log';
import { timeLimit } from '../platform/timeLimit';
import { debtorClaims } from '../usecases/access/debtorClaims';
import { deps } from '../wire/deps';

/** Firebase Auth waits seven seconds and then refuses the sign-in. */
const LIMIT_MS = 4_000;

/** What is given along with a sign-in; nothing where contact data is in the clear. */
export interface SignInClaims {
  sessionClaims?: Record<string, unknown>;
}

/**
 * `setSignInClaims`: what the session of whoever signs in may read as a debtor. Never keeps anybody from signing in: who
 * gets no claims here asks for them with `refreshAccess`.
 */
export async function handleSetSignInClaims({ data: user }: AuthBlockingEvent): Promise<SignInClaims> {
  try {
    const address = { email: user?.email ?? null, verified: user?.emailVerified === true };
    const claims = await timeLimit(
      LIMIT_MS,
      deps().then((all) => debtorClaims(all, address)),
    );
    return claims === null ? {} : { sessionClaims: { ...claims } };
  } catch (cause) {
    log.signInWithoutClaims({ cause });
    return {};
  }
}

import { type Caller } from '../../domain/caller';
import { type Deps } from '../deps';
import { debtorClaims, NO_ACCESS } from './debtorClaims';

const NAMES = ['emailHashes', 'emailHashesOf'] as const;

export interface AccessAnswer {
  /** What the caller's next token says; empty where he lists by his address, or has none that is verified. */
  readonly emailHashes: readonly string[];
}

/**
 * Gives a debtor's next tokens the claims of the address that he has now, and takes those of another one: for whoever was
 * signed in before contact data was sealed, or signs in with a custom token, which no blocking function sees. The address
 * is that of his record, not that of his token.
 *
 * @throws TransientFailure `auth_unavailable`
 */
export async function refreshAccess(deps: Deps, caller: Caller): Promise<AccessAnswer> {
  const user = await deps.identity.user(caller.uid);
  if (user === null) return { emailHashes: [] };
  const claims = (await debtorClaims(deps, user)) ?? NO_ACCESS;
  const { emailHashes } = claims;
  // Claims are written as a whole: an admin's, which may be taken from him at this moment, are never written here.
  if (user.claims['admin'] === true) return { emailHashes: [] };
  const others = Object.entries(user.claims).filter(([name]) => !NAMES.some((one) => one === name));
  const wanted = { ...Object.fromEntries(others), ...(emailHashes.length === 0 ? {} : claims) };
  if (
    JSON.stringify(NAMES.map((name) => wanted[name])) !==
    JSON.stringify(NAMES.map((name) => user.claims[name]))
  )
    await deps.identity.setClaims(caller.uid, wanted);
  return { emailHashes };
}

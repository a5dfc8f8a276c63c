import { type Deps } from '../deps';
import { contactSetting } from '../contact/contactSetting';
import { recipientHashesOf } from '../recipientHashOf';

/** What a token says of the addresses whose invoices its holder may read, once contact data is sealed. */
export interface DebtorClaims {
  /** Keyed hashes of his address, one for each live key. */
  readonly emailHashes: readonly string[];
  /** The address that they are of: with another one in the token they open nothing. */
  readonly emailHashesOf: string;
}

/** Somebody's address, as Firebase Auth has it. */
export interface Address {
  readonly email: string | null;
  readonly verified: boolean;
}

/** Of nobody. */
export const NO_ACCESS: DebtorClaims = { emailHashes: [], emailHashesOf: '' };

/**
 * The claims that belong to an address: none unless it is verified. Null where contact data is in the clear, for then the
 * address itself is what the rules look at.
 */
export async function debtorClaims(
  deps: Pick<Deps, 'db' | 'config'>,
  { email, verified }: Address,
): Promise<DebtorClaims | null> {
  const { looksForSealed } = await contactSetting(deps);
  if (!looksForSealed) return null;
  const address = email?.trim() ?? '';
  if (!verified || address === '') return NO_ACCESS;
  const canonical = address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  // Some signs beyond ASCII become a plain letter in lower case: such an address is not the one that it looks like.
  if (canonical !== address.toLowerCase()) return NO_ACCESS;
  return { emailHashes: recipientHashesOf(deps, 'email', canonical), emailHashesOf: canonical };
}

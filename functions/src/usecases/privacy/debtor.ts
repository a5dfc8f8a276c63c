import { type ContactSetting } from '../../domain/contact/contactSetting';
import { contactSetting } from '../contact/contactSetting';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';

/** A debtor: whoever has shown that this address is his. */
export interface Debtor {
  /** Lower case, verified. */
  readonly email: string;
  /** Its keyed hashes under all live keys, the one that is written first. */
  readonly hashes: readonly [string, ...string[]];
  /** In which forms rows may hold it now. */
  readonly forms: Pick<ContactSetting, 'looksForClear' | 'looksForSealed'>;
}

/** @throws TransientFailure `settings_unusable` */
export async function debtorOf(deps: Pick<Deps, 'db' | 'config'>, email: string): Promise<Debtor> {
  return { email, hashes: recipientHashesOf(deps, 'email', email), forms: await contactSetting(deps) };
}

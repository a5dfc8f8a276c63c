import { type Caller } from '../../domain/caller';
import { secretOf } from '../../platform/config';
import { hashKeysOf } from '../../platform/hashKeys';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';

export interface ListedHashKey {
  readonly version: number;
  /** New hashes are made with it. */
  readonly writes: boolean;
  /** It is looked up. One that is not live and used means that a "no" is not found: bring its key back. */
  readonly live: boolean;
  /** Where there are hashes of it; it may be taken away when there are none. */
  readonly usedBy: readonly string[];
}

/** The versions of the hashes' key up to the newest, and whether rows still use them. */
export function listHashKeys(
  deps: Deps,
  caller: Caller,
): Promise<{ readonly keys: readonly ListedHashKey[] }> {
  return asAdmin(deps, caller, { action: 'listHashKeys', target: null }, async () => {
    const live = hashKeysOf(secretOf(deps.config, 'addressHashKey'));
    const newest = Math.max(...live.map(({ version }) => version));
    const keys = Array.from({ length: newest }, (_, n) => n + 1).map(async (version) => ({
      version,
      writes: live[0].version === version,
      live: live.some((one) => one.version === version),
      usedBy: await usersOf(deps, version),
    }));
    return { keys: await Promise.all(keys) };
  });
}

/** Where hashes stand: collection, field (or the document's own name), and what precedes them. */
const PLACES = [
  ['sms_opt_outs', '__name__', ''],
  ['sms_opt_out_audit', 'phoneNumber', ''],
  ['email_suppressions', '__name__', ''],
  ['recipients', '__name__', 'email_'],
  ['recipients', '__name__', 'sms_'],
  ['outbox', 'recipientHash', ''],
  ['invoices', 'clientEmailHash', ''],
  ['invoices', 'clientPhoneHash', ''],
  ['clients', 'emailHash', ''],
  ['clients', 'phoneHash', ''],
  ['payment_claims', 'clientEmailHash', ''],
  ['payment_confirmations', 'clientEmailHash', ''],
  ['debtor_requests', '__name__', 'erasure_'],
  ['debtor_requests', '__name__', 'objection_'],
  ['sms_replies', 'fromNumberHash', ''],
] as const;

async function usersOf({ db }: Pick<Deps, 'db'>, version: number): Promise<string[]> {
  const found = await Promise.all(
    PLACES.map(async ([name, field, before]) => {
      const { empty } = await collections
        .beginningWith(db, name, field, `${before}v${version}_`)
        .limit(1)
        .get();
      return empty ? [] : [`${name}.${field === '__name__' ? `${before}id` : field}`];
    }),
  );
  return found.flat();
}

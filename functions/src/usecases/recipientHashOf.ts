import { type Channel } from '../domain/messages/outboxRow';
import { addressHash } from '../platform/addressHash';
import { secretOf } from '../platform/config';
import { hashKeysOf } from '../platform/hashKeys';
import { type Deps } from './deps';

/** The keyed hash of an address, under this deployment's newest key: the one that is written. */
export function recipientHashOf(deps: Pick<Deps, 'config'>, channel: Channel, address: string): string {
  return recipientHashesOf(deps, channel, address)[0];
}

/** The hashes of an address under all live keys: what is looked up. The one that is written comes first. */
export function recipientHashesOf(
  { config }: Pick<Deps, 'config'>,
  channel: Channel,
  address: string,
): readonly [string, ...string[]] {
  const [first, ...others] = hashKeysOf(secretOf(config, 'addressHashKey'));
  const hash = ({ key, version }: typeof first): string => addressHash(key, channel, address, version);
  return [hash(first), ...others.map(hash)];
}

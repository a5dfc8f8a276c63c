import { type Channel } from '../domain/messages/outboxRow';
import { addressHash } from '../platform/addressHash';
import { secretOf } from '../platform/config';
import { type Deps } from './deps';

/** The keyed hash of an address, under this deployment's key. */
export function recipientHashOf(deps: Pick<Deps, 'config'>, channel: Channel, address: string): string {
  return addressHash(secretOf(deps.config, 'addressHashKey'), channel, address);
}

import { createHmac } from 'node:crypto';

/**
 * The keyed hash by which an address is found where it must not stand in the clear: `v{version}_{hex}`. Keyed, because
 * there are few enough telephone numbers to try them all. The key's version is part of it, so that a key can be replaced
 * while old hashes are still looked up.
 *
 * @param address E.164, or an e-mail address trimmed and in lower case
 */
export function addressHash(key: string, channel: 'email' | 'sms', address: string, version = 1): string {
  const canonical = address.trim().toLowerCase();
  return `v${version}_${createHmac('sha256', key).update(`${channel}:${canonical}`).digest('hex')}`;
}

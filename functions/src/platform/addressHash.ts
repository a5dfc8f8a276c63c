import { createHmac } from 'node:crypto';

/** Version of the key; part of each hash, so that a key can be replaced while old hashes are still looked up. */
const KEY_VERSION = 1;

/**
 * The keyed hash by which an address is found where it must not stand in the clear: `v1_{hex}`. Keyed, because there
 * are few enough telephone numbers to try them all.
 *
 * @param address E.164, or an e-mail address trimmed and in lower case
 */
export function addressHash(key: string, channel: 'email' | 'sms', address: string): string {
  const canonical = address.trim().toLowerCase();
  return `v${KEY_VERSION}_${createHmac('sha256', key).update(`${channel}:${canonical}`).digest('hex')}`;
}

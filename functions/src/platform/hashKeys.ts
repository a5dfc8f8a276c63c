/** One key of the keyed hashes, and the number that stands in them. */
export interface HashKey {
  readonly version: number;
  readonly key: string;
}

/** Most keys that are in use at once: each costs a look-up with every message. */
const MOST = 3;
const SHORTEST = 32;
const NUMBERED = /^([1-9]\d{0,2}):(.+)$/;

/**
 * The keys in `ADDRESS_HASH_KEY`: up to three `n:key` with commas between them. The first one makes new hashes, all are
 * looked up. A key without a number is version 1.
 *
 * @throws Error that says what is wrong, and none of the keys
 */
export function hashKeysOf(text: string): readonly [HashKey, ...HashKey[]] {
  const keys = text.split(',').map((part) => {
    const [, version = '1', key = part.trim()] = NUMBERED.exec(part.trim()) ?? [];
    return { version: Number(version), key };
  });
  const [first] = keys;
  if (first === undefined || keys.length > MOST) throw new Error(`must hold one to ${MOST} keys`);
  if (keys.some(({ key }) => key.length < SHORTEST))
    throw new Error(`a key is shorter than ${SHORTEST} characters`);
  if (new Set(keys.map(({ version }) => version)).size < keys.length)
    throw new Error('two keys have one number: write n:key');
  return [first, ...keys.slice(1)];
}

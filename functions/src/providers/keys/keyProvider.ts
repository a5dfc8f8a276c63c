/** Wraps the keys that seal contact data with a key that never leaves its place. */
export interface KeyProvider {
  /** @param about what the key is for; the same is needed to unwrap it */
  wrap(key: Uint8Array, about: string): Promise<Uint8Array>;
  /** @throws when this is not what was wrapped, or not for this */
  unwrap(wrapped: Uint8Array, about: string): Promise<Uint8Array>;
}

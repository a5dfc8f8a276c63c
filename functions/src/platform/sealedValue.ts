import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * A value that only the holder of its key can read: `s1.{key version}.{IV}.{ciphertext and tag}`, AES-256-GCM, each part
 * base64url. No address looks like it. What is said of it (`aad`: collection/document/field) is authenticated with it, so
 * that it can not be moved to another place and read there.
 */
const FORM = /^s1\.([1-9]\d{0,5})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

const ALGORITHM = 'aes-256-gcm';
/** 96 bits, the length that GCM is made for; random, which is safe for some four thousand million values of one key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value that its key does not open: another key, another place, or somebody changed it. */
export class SealBroken extends Error {
  constructor(options?: { cause?: unknown }) {
    super('a sealed value does not open with this key in this place', options);
    this.name = 'SealBroken';
  }
}

/** A key that seals, and its number among those of its owner. */
export interface SealingKey {
  readonly version: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value);
}

/** With which version of its owner's key a value is sealed; null when it is not sealed. */
export function sealVersion(value: string): number | null {
  const version = FORM.exec(value)?.[1];
  return version === undefined ? null : Number(version);
}

/** @param aad where the value stands: collection/document/field */
export function seal({ version, key }: SealingKey, aad: string, text: string): string {
  const bytes = sealBytes(key, aad, Buffer.from(text, 'utf8'));
  const iv = bytes.subarray(0, IV_BYTES).toString('base64url');
  return `s1.${version}.${iv}.${bytes.subarray(IV_BYTES).toString('base64url')}`;
}

/** @throws SealBroken */
export function unseal(key: Uint8Array, aad: string, sealed: string): string {
  const [, , iv, rest] = FORM.exec(sealed) ?? [];
  if (iv === undefined || rest === undefined) throw new SealBroken();
  const bytes = Buffer.concat([Buffer.from(iv, 'base64url'), Buffer.from(rest, 'base64url')]);
  return unsealBytes(key, aad, bytes).toString('utf8');
}

/** IV, ciphertext and tag, one after the other. */
export function sealBytes(key: Uint8Array, aad: string, bytes: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken */
export function unsealBytes(key: Uint8Array, aad: string, sealed: Uint8Array): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new SealBroken();
  const end = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(aad, 'utf8'))
      .setAuthTag(sealed.subarray(end));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, end)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken({ cause });
  }
}

/** A new key. */
export function newSealingKey(): Uint8Array {
  return randomBytes(32);
}

import { type KeyProvider } from './keyProvider';

/** The part of Cloud KMS's client that is used. */
interface Kms {
  encrypt(
    request: { name: string; plaintext: Uint8Array; additionalAuthenticatedData: Uint8Array },
    options: { timeout: number },
  ): Promise<readonly { ciphertext?: Uint8Array | string | null }[] | unknown[]>;
  decrypt(
    request: { name: string; ciphertext: Uint8Array; additionalAuthenticatedData: Uint8Array },
    options: { timeout: number },
  ): Promise<readonly { plaintext?: Uint8Array | string | null }[] | unknown[]>;
}

/** Longest wait for an answer of Cloud KMS, milliseconds; asked about once an hour for each freelancer. */
const LIMIT_MS = 5_000;

/**
 * A symmetric key of Cloud KMS. Whoever runs the functions needs the role `roles/cloudkms.cryptoKeyEncrypterDecrypter` on
 * it, and nobody else does. Its own versions rotate there: KMS knows with which one a key was wrapped.
 */
export function kmsKeyProvider(kms: Kms, name: string): KeyProvider {
  const options = { timeout: LIMIT_MS };
  return {
    wrap: async (plaintext, about) => {
      const additionalAuthenticatedData = Buffer.from(about);
      const [answer] = await kms.encrypt({ name, plaintext, additionalAuthenticatedData }, options);
      return bytesOf(answer, 'ciphertext');
    },
    unwrap: async (ciphertext, about) => {
      const additionalAuthenticatedData = Buffer.from(about);
      const [answer] = await kms.decrypt({ name, ciphertext, additionalAuthenticatedData }, options);
      return bytesOf(answer, 'plaintext');
    },
  };
}

function bytesOf(answer: unknown, field: string): Uint8Array {
  const value =
    answer !== null && typeof answer === 'object' ? (answer as Record<string, unknown>)[field] : undefined;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  throw new Error(`Cloud KMS answered without ${field}`);
}

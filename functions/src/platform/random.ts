import { randomBytes, randomUUID } from 'node:crypto';

/** The only source of chance. */
export interface Random {
  /** A new identifier that nobody can guess. */
  uuid(): string;
  /** An identifier of 20 letters and digits, in the form that Firestore gives to documents. */
  documentId(): string;
  /** Uniform in [0, 1). For jitter, not for secrets. */
  fraction(): number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  documentId: () => {
    let id = '';
    while (id.length < 20) {
      for (const byte of randomBytes(32)) {
        // Bytes past the largest multiple of the alphabet's size would favour its first letters.
        if (byte < 248 && id.length < 20) id += ALPHABET.charAt(byte % ALPHABET.length);
      }
    }
    return id;
  },
  fraction: () => Math.random(),
};

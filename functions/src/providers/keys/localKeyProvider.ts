import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sealBytes, unsealBytes } from '../../platform/sealedValue';
import { type KeyProvider } from './keyProvider';

/** The local stack's: a file with 32 bytes in base64, on a line of its own. Lines that begin with # are for people. */
export async function localKeyProvider(file: string): Promise<KeyProvider> {
  const lines = (await readFile(resolve(file), 'utf8')).split('\n');
  const key = Buffer.from(lines.find((line) => line !== '' && !line.startsWith('#')) ?? '', 'base64');
  if (key.length !== 32) throw new Error('the file of CONTACT_KEY must hold 32 bytes in base64');
  return {
    wrap: (plain, about) => Promise.resolve(sealBytes(key, about, plain)),
    unwrap: async (wrapped, about) => Promise.resolve(unsealBytes(key, about, wrapped)),
  };
}

import { type Random } from '../../../functions/src/platform/random';
import { type SeededRandom } from '../../support/random';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The functions' chance, drawn from whichever seed is played. */
export function chanceOf(seed: { readonly current: () => SeededRandom }): Random {
  const letters = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet.charAt(seed.current().below(alphabet.length))).join('');
  return {
    uuid: () => [8, 4, 4, 4, 12].map((length) => letters(length, '0123456789abcdef')).join('-'),
    documentId: () => letters(20, ALPHABET),
    fraction: () => seed.current().fraction(),
  };
}

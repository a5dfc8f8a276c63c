import { formatMoney } from '../../money/formatMoney';
import { cleanValue } from './cleanValue';
import { formatDay } from './formatDay';
import { type Phrase, phrase, value } from './phrase';

/** The same thing at the start of a sentence and within one. */
interface Named {
  readonly start: Phrase;
  readonly mid: Phrase;
}

/** The words that templates share, each safe for a value that is missing or empty. */
export const wording = {
  /** Whether there is nothing to read in it. */
  isBlank: (text: string | null): boolean => text === null || cleanValue(text) === '',

  /** The freelancer, to a debtor. */
  business: (name: string | null): Named =>
    named(name, phrase`The business that invoiced you`, phrase`the business that invoiced you`),

  /** The debtor, to a freelancer. */
  client: (name: string | null): Named => named(name, phrase`Your client`, phrase`your client`),

  invoice: (reference: string): Named =>
    wording.isBlank(reference)
      ? { start: phrase`Your invoice`, mid: phrase`your invoice` }
      : { start: phrase`Invoice ${reference}`, mid: phrase`invoice ${reference}` },

  /** @param amount minor units */
  money: (amount: number, currency: string): Phrase => value(formatMoney(amount, currency)),

  day: (day: string): Phrase => value(formatDay(day)),
};

function named(name: string | null, start: Phrase, mid: Phrase): Named {
  if (name === null || wording.isBlank(name)) return { start, mid };
  return { start: phrase`${name}`, mid: phrase`${name}` };
}

import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { PermanentFailure } from '../platform/errors';

/**
 * A number from a provider, if it is one in E.164 form. Short codes, names and other networks' addresses are none.
 *
 * @throws PermanentFailure `unusable_number`
 */
export function requireE164(text: string): string {
  const number = parsePhoneNumberFromString(text);
  if (number?.number === text && number.isPossible()) return text;
  throw new PermanentFailure('unusable_number', 'This does not come from a telephone number.');
}

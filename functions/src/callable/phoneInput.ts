import { parsePhoneNumberFromString } from 'libphonenumber-js';
import * as z from 'zod';

/** A telephone number as people in the UK write it (07…, 0044…, +44 (0)…), or any international one; E.164 out. */
export const phoneInput = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = parsePhoneNumberFromString(text, 'GB');
    // `isPossible` (length) and not `isValid`: the range tables lag behind new ranges, and know none of the numbers
    // that Ofcom keeps for examples. Whether it takes an SMS shows when one is sent.
    if (number?.isPossible() === true) return number.number;
    context.addIssue({ code: 'custom', message: 'is not a telephone number' });
    return z.NEVER;
  });

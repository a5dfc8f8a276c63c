import * as z from 'zod';
import { pii, plain } from '../contact/pii';

/**
 * `sms_opt_outs/{E.164, or its keyed hash}`: whether a number may be texted, whoever asks. Never deleted; only what seals
 * contact data moves a row from the one key to the other.
 */
export const optOutSchema = z.object({
  /** What the row is filed under: the number or its hash. */
  phoneNumber: pii('sms', z.string()),
  /** The number of a hash, sealed, as long as sealing can be undone. */
  numberSealed: plain(z.string().nullish()),
  status: z.enum(['opted_out', 'opted_in']),
  /** The first STOP since the last START: the day that people are told. */
  optedOutAt: z.date().nullish(),
  /** The latest STOP: a START that was said before it is not the last word. */
  lastOptOutAt: z.date().nullish(),
  optedInAt: z.date().nullish(),
});

export type OptOut = z.infer<typeof optOutSchema>;

import * as z from 'zod';
import { pii, plain } from '../contact/pii';

/** `sms_opt_out_audit/{id}`: the fields that are read. */
export const optOutAuditSchema = z.object({
  /** The number or its hash. */
  phoneNumber: pii('sms', z.string()),
  /** The number of a hash, sealed, as long as sealing can be undone. */
  numberSealed: plain(z.string().nullish()),
  action: plain(z.string()),
  method: plain(z.string()),
  timestamp: z.date().nullish(),
  applied: z.boolean().default(true),
});

import * as z from 'zod';
import { pii, plain } from '../contact/pii';

/** `sms_replies/{MessageSid}`: what somebody answered, for a person to read. */
export const smsReplySchema = z.object({
  /** In the clear or sealed, with the key of the freelancer that it is linked to. */
  fromNumber: pii('sms', z.string()),
  fromNumberHash: plain(z.string().nullish()),
  /** Our own. */
  toNumber: plain(z.string()),
  /** The words are for the freelancer to read. */
  messageBody: plain(z.string()),
  receivedAt: z.date(),
  freelancerId: plain(z.string().nullable()),
  invoiceId: plain(z.string().nullable()),
});

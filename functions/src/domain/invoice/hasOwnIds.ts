import { isResendId } from '../messages/isResendId';

/**
 * Beginnings and middles by which ids that are made of this one (of messages, of rows of the timeline) could be made of
 * another invoice's as well: `invoice_{id}` with `disputed_X_1` is the message that X is disputed, and
 * `{id}_paused_1` with `X_sent_sms_…` a row of X for a request id that ends so.
 */
const TAKEN = /^(cancelled|disputed)_|_(payment_manual|sent_sms)_/;

/**
 * Whether the ids that the server makes of this invoice's id are no other invoice's: whoever could take those could
 * keep another's debtor from a dispute. `firestore.rules` says the same of new drafts.
 */
export function hasOwnIds(invoiceId: string): boolean {
  return !TAKEN.test(invoiceId) && !isResendId(invoiceId);
}

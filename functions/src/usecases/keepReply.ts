import { type InboundSms } from '../domain/messages/inboundSms';
import { smsReplySchema } from '../domain/messages/smsReply';
import { retentionMs } from '../domain/privacy/expiry';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { contactFields } from './contact/contactFields';
import { type Deps } from './deps';
import { invoiceOfPhone } from './invoiceOfPhone';

/** Replies stay this long. */
const REPLY_RETENTION_MS = retentionMs('smsReplies');

/**
 * Keeps an answer for a person to read, with the invoice that it is probably about, and tells the freelancer. The
 * notice repeats nothing of what was said.
 */
export async function keepReply(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  unit: UnitOfWork,
  sms: InboundSms,
  { receivedAt, forEver }: { readonly receivedAt: Date; readonly forEver: boolean },
): Promise<void> {
  const { db } = deps;
  const now = deps.clock.now();
  const invoice = await invoiceOfPhone(deps, sms.from);
  const owner = invoice?.freelancerId ?? null;
  const ref = collections.smsReply(db, sms.messageSid);
  const fields = {
    fromNumber: sms.from,
    toNumber: sms.to,
    messageBody: sms.body,
    receivedAt,
    freelancerId: owner,
    invoiceId: invoice?.invoiceId ?? null,
    ...(forEver ? {} : { expiresAt: new Date(now.getTime() + REPLY_RETENTION_MS) }),
  };
  unit.create(ref, await contactFields(deps, { ref, schema: smsReplySchema, owner }, fields));
  if (invoice === null) return;
  unit.create(collections.notification(db, `sms_reply_${sms.messageSid}`), {
    freelancerId: invoice.freelancerId,
    type: 'sms_reply',
    title: 'Your client answered',
    message: `There is an answer to a text message about invoice ${invoice.reference}.`,
    read: false,
    createdAt: now,
  });
}

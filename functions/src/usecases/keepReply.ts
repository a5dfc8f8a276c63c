import { type InboundSms } from '../domain/messages/inboundSms';
import { retentionMs } from '../domain/privacy/expiry';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { invoiceOfPhone } from './invoiceOfPhone';

/** Replies stay this long. */
const REPLY_RETENTION_MS = retentionMs('smsReplies');

/**
 * Keeps an answer for a person to read, with the invoice that it is probably about, and tells the freelancer. The
 * notice repeats nothing of what was said.
 */
export async function keepReply(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  sms: InboundSms,
  { receivedAt, forEver }: { readonly receivedAt: Date; readonly forEver: boolean },
): Promise<void> {
  const { db } = deps;
  const now = deps.clock.now();
  const invoice = await invoiceOfPhone(db, sms.from);
  unit.create(collections.smsReply(db, sms.messageSid), {
    fromNumber: sms.from,
    toNumber: sms.to,
    messageBody: sms.body,
    receivedAt,
    freelancerId: invoice?.freelancerId ?? null,
    invoiceId: invoice?.invoiceId ?? null,
    ...(forEver ? {} : { expiresAt: new Date(now.getTime() + REPLY_RETENTION_MS) }),
  });
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

import { type OutboxItem } from '../messages/outboxItem';
import { type Channel } from '../messages/outboxRow';
import { debtorAddress } from './debtorAddress';
import { type Invoice } from './invoice';

/** What a message to the debtor of an invoice says of where it goes; null where nothing is known. */
export function toDebtor(
  invoice: Pick<Invoice, 'clientEmail' | 'clientPhone' | 'clientEmailHash' | 'clientPhoneHash'>,
  channel: Channel,
): Pick<OutboxItem, 'to' | 'toHash'> | null {
  const to = debtorAddress(invoice, channel);
  if (to === null) return null;
  const toHash = channel === 'sms' ? invoice.clientPhoneHash : invoice.clientEmailHash;
  return toHash == null ? { to } : { to, toHash };
}

import { type Channel } from '../messages/outboxRow';
import { type Invoice } from './invoice';

/** Where the debtor of an invoice is written to; null where nothing is known. It does not change once it is sent. */
export function debtorAddress(
  { clientEmail, clientPhone }: Pick<Invoice, 'clientEmail' | 'clientPhone'>,
  channel: Channel,
): string | null {
  const address = channel === 'sms' ? clientPhone : clientEmail;
  return address == null || address === '' ? null : address;
}

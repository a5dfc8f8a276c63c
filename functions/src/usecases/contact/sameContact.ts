import { debtorAddress } from '../../domain/invoice/debtorAddress';
import { type Invoice } from '../../domain/invoice/invoice';
import { type Channel } from '../../domain/messages/outboxRow';
import { isSealed } from '../../platform/sealedValue';

type Addressed = Pick<Invoice, 'clientEmail' | 'clientPhone' | 'clientEmailHash' | 'clientPhoneHash'>;

/**
 * Whether an address is the one that an invoice was sent to. Nothing has to be opened for it: a sealed one is compared by
 * its hash.
 *
 * @param hashes of the address, under all live keys; asked for only when they are needed
 */
export function sameContact(
  invoice: Addressed,
  channel: Channel,
  address: string,
  hashes: () => readonly string[],
): boolean {
  const stored = debtorAddress(invoice, channel);
  if (stored === null) return false;
  if (!isSealed(stored)) return canonical(channel, stored) === canonical(channel, address);
  const hash = channel === 'sms' ? invoice.clientPhoneHash : invoice.clientEmailHash;
  return hash != null && hashes().includes(hash);
}

function canonical(channel: Channel, address: string): string {
  return channel === 'sms' ? address : address.trim().toLowerCase();
}

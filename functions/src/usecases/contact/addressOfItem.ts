import { isDocumentId } from '../../domain/documentId';
import { debtorAddress } from '../../domain/invoice/debtorAddress';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { addresseeOf } from '../../domain/messages/addresseeOf';
import { type Channel, type OutboxRow } from '../../domain/messages/outboxRow';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { openContact } from './openContact';

/**
 * The address of an item that only says whose it is, from the invoice or the freelancer's record; null when there is none.
 *
 * @throws PermanentFailure `contact_unreadable`, TransientFailure `contact_key_unavailable`
 */
export async function addressOfItem(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  row: OutboxRow,
): Promise<string | null> {
  const { db } = deps;
  if ((row.addressee ?? addresseeOf(row.class)) === 'freelancer') {
    if (!isDocumentId(row.freelancerId)) return null;
    const [user] = await unit.read(collections.user(db, row.freelancerId));
    const email = decode(userSchema, user)?.email;
    return email == null || email === '' ? null : email;
  }
  if (!isDocumentId(row.invoiceId)) return null;
  const [snapshot] = await unit.read(collections.invoice(db, row.invoiceId));
  const invoice = decode(invoiceSchema, snapshot);
  return invoice === null ? null : openDebtor(deps, row.invoiceId, invoice, row.channel);
}

/** The address of an invoice's debtor, in the clear; null when there is none. */
export async function openDebtor(
  deps: Pick<Deps, 'db' | 'config'>,
  invoiceId: string,
  invoice: Pick<Invoice, 'freelancerId' | 'clientEmail' | 'clientPhone'>,
  channel: Channel,
): Promise<string | null> {
  const ref = collections.invoice(deps.db, invoiceId);
  const field = channel === 'sms' ? 'clientPhone' : 'clientEmail';
  return openContact(deps, invoice.freelancerId, ref, field, debtorAddress(invoice, channel));
}

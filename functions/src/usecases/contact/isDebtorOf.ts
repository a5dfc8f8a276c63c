import { type Caller } from '../../domain/caller';
import { type Invoice } from '../../domain/invoice/invoice';
import { isVisibleToDebtor } from '../../domain/invoice/visibleToDebtor';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';
import { sameContact } from './sameContact';

/** Whether the caller has verified the address that an invoice was sent to, and may see it. */
export function isDebtorOf(deps: Pick<Deps, 'config'>, { verifiedEmail }: Caller, invoice: Invoice): boolean {
  if (verifiedEmail === null || verifiedEmail === '' || !isVisibleToDebtor(invoice.status)) return false;
  return sameContact(invoice, 'email', verifiedEmail, () => recipientHashesOf(deps, 'email', verifiedEmail));
}

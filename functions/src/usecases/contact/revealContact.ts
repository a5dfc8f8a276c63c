import { type Caller } from '../../domain/caller';
import { clientSchema } from '../../domain/client/client';
import { invoiceSchema } from '../../domain/invoice/invoice';
import { ForbiddenError, NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { openContact } from './openContact';

export type ContactOf = { readonly clientId: string } | { readonly invoiceId: string };

export interface RevealedContact {
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
}

/**
 * The full addresses of a client of the caller's own, or of the debtor of his invoice. Each look at them stands in the audit
 * log, written before they are opened.
 *
 * @throws NotFoundError, ForbiddenError, PermanentFailure `contact_unreadable` once they are erased
 */
export async function revealContact(deps: Deps, caller: Caller, of: ContactOf): Promise<RevealedContact> {
  const { db } = deps;
  const isClient = 'clientId' in of;
  const id = isClient ? of.clientId : of.invoiceId;
  const ref = isClient ? collections.client(db, id) : collections.invoice(db, id);
  const snapshot = await ref.get();
  const [client, invoice] = isClient
    ? [decode(clientSchema, snapshot), null]
    : [null, decode(invoiceSchema, snapshot)];
  const owner = (client ?? invoice)?.freelancerId;
  if (owner === undefined) throw new NotFoundError(`There is no such ${isClient ? 'client' : 'invoice'}.`);
  if (owner !== caller.uid) throw new ForbiddenError('This is not yours.');
  await collections.auditLog(db, deps.random.documentId()).create({
    actorId: caller.uid,
    action: 'revealContact',
    target: id,
    reason: null,
    allowed: true,
    via: 'call',
    createdAt: deps.clock.now(),
  });
  const open = (field: string, stored: string | null | undefined) =>
    openContact(deps, owner, ref, field, stored);
  return isClient
    ? { email: await open('email', client?.email), phone: await open('phone', client?.phone) }
    : {
        email: await open('clientEmail', invoice?.clientEmail),
        phone: await open('clientPhone', invoice?.clientPhone),
      };
}

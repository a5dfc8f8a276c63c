import { type Client, clientSchema } from '../domain/client/client';
import { isDocumentId } from '../domain/documentId';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { openContact } from './contact/openContact';
import { type Deps } from './deps';

/** A client, as this unit of work read it, with its addresses in the clear; null when there is none, or it is another freelancer's. */
export async function ownClient(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  freelancerId: string,
  clientId: string | null | undefined,
): Promise<Client | null> {
  if (!isDocumentId(clientId)) return null;
  const ref = collections.client(deps.db, clientId);
  const [snapshot] = await unit.read(ref);
  const client = decode(clientSchema, snapshot);
  if (client?.freelancerId !== freelancerId) return null;
  const open = (field: 'email' | 'phone') => openContact(deps, freelancerId, ref, field, client[field]);
  return { ...client, email: await open('email'), phone: await open('phone') };
}

import { type Client, clientSchema } from '../domain/client/client';
import { isDocumentId } from '../domain/documentId';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/** A client, as this unit of work read it; null when there is none, or it is another freelancer's. */
export async function ownClient(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  freelancerId: string,
  clientId: string | null | undefined,
): Promise<Client | null> {
  if (!isDocumentId(clientId)) return null;
  const [snapshot] = await unit.read(collections.client(deps.db, clientId));
  const client = snapshot === undefined ? null : decode(clientSchema, snapshot);
  return client?.freelancerId === freelancerId ? client : null;
}

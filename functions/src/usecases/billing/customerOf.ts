import { isDocumentId } from '../../domain/documentId';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type StripeCustomer, stripeCustomerSchema } from './stripeCustomer';

/**
 * Whose customer it is, as this unit of work read it. One whom we have not met is the one of the freelancer whose record
 * names him: his row is then made by the commit that needs it.
 *
 * @returns null when nobody, or more than one, knows him
 */
export async function customerOf(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  customerId: string,
): Promise<StripeCustomer | null> {
  const ref = collections.stripeCustomer(deps.db, customerId);
  await unit.read(ref);
  const row = decode(stripeCustomerSchema, unit.snapshot(ref));
  if (row !== null) return row;
  const { docs } = await collections.usersOfCustomer(deps.db, customerId).limit(2).get();
  const [only, another] = docs;
  if (only === undefined || another !== undefined || !isDocumentId(only.id)) return null;
  unit.know(only);
  return { uid: only.id, syncSeq: 0 };
}

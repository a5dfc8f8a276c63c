import { type Caller } from '../../domain/caller';
import {
  type AccessPage,
  type DebtorRequestKind,
  type RequestAnswer,
} from '../../domain/privacy/debtorRights';
import { BadInputError, ForbiddenError } from '../../platform/errors';
import { type Deps } from '../deps';
import { accessOf } from './accessOf';
import { debtorOf } from './debtor';
import { takeDebtorRequest } from './takeDebtorRequest';

/**
 * What somebody whose address stands on invoices may ask for: to see what is held, to have it erased, to get no more
 * reminders. Asked again, it is the same request.
 *
 * @throws ForbiddenError while the caller's address is not verified, BadInputError for a cursor that is not one of ours,
 *   TransientFailure `contact_key_unavailable`
 */
export async function requestDebtorRights(
  deps: Deps,
  { verifiedEmail: email }: Caller,
  { kind, cursor }: { readonly kind: 'access' | DebtorRequestKind; readonly cursor: string | null },
): Promise<AccessPage | RequestAnswer> {
  if (email === null) throw new ForbiddenError('Verify your e-mail address first.');
  const debtor = await debtorOf(deps, email);
  if (kind === 'access') return accessOf(deps, debtor, cursor);
  if (cursor !== null) throw new BadInputError('cursor: goes with access only');
  return takeDebtorRequest(deps, debtor, kind);
}

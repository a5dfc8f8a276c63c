import { type Caller } from '../domain/caller';
import { type Freelancer } from '../domain/payment/decidePayment';
import { type InvoiceState } from '../domain/payment/invoiceConsequences';
import { ForbiddenError, NotFoundError } from '../platform/errors';
import { type UnitOfWork } from '../store/unitOfWork';
import { isDebtorOf } from './contact/isDebtorOf';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';

/**
 * An invoice with its chase, for the debtor whose verified address it was sent to, with that address and the
 * freelancer's record.
 *
 * @throws NotFoundError; ForbiddenError for everybody else, and while the debtor may not see it
 */
export async function debtorInvoiceOf(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  caller: Caller,
  invoiceId: string,
): Promise<{ readonly state: InvoiceState; readonly email: string; readonly freelancer: Freelancer | null }> {
  const state = await invoiceStateOf(deps.db, unit, invoiceId);
  if (state === null) throw new NotFoundError('There is no such invoice.');
  const { invoice } = state;
  const email = caller.verifiedEmail ?? '';
  if (!isDebtorOf(deps, caller, invoice)) throw new ForbiddenError('You have no access to this invoice.');
  return { state, email, freelancer: await freelancerOf(deps.db, unit, invoice.freelancerId) };
}

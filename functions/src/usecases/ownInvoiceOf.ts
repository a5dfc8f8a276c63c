import { type Caller } from '../domain/caller';
import { type Freelancer } from '../domain/payment/decidePayment';
import { type InvoiceState } from '../domain/payment/invoiceConsequences';
import { ForbiddenError, NotFoundError } from '../platform/errors';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';

/**
 * An invoice with its chase, for the freelancer whose it is, and that freelancer's record, in one round trip.
 *
 * @throws NotFoundError, ForbiddenError
 */
export async function ownInvoiceOf(
  { db }: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  caller: Caller,
  invoiceId: string,
): Promise<{ readonly state: InvoiceState; readonly freelancer: Freelancer | null }> {
  await unit.read(
    collections.invoice(db, invoiceId),
    collections.escalationState(db, invoiceId),
    collections.user(db, caller.uid),
  );
  const state = await invoiceStateOf(db, unit, invoiceId);
  if (state === null) throw new NotFoundError('There is no such invoice.');
  if (state.invoice.freelancerId !== caller.uid) throw new ForbiddenError('This invoice is not yours.');
  return { state, freelancer: await freelancerOf(db, unit, caller.uid) };
}

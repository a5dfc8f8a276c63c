import { type Caller } from '../domain/caller';
import { decideSend } from '../domain/invoice/decideSend';
import { invoiceSchema, type InvoiceStatus } from '../domain/invoice/invoice';
import { crashPoint } from '../platform/crashPoint';
import { ConflictError, ForbiddenError, NotFoundError } from '../platform/errors';
import { collections } from '../store/collections';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { openAccount } from './account/openAccount';
import { contactFields } from './contact/contactFields';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';
import { ownClient } from './ownClient';
import { startChase } from './startChase';

/**
 * Sends a draft of the caller's own. Asked twice, it sends once and answers the same.
 *
 * @throws NotFoundError, ForbiddenError, or ConflictError with the reason why it can not be sent
 */
export async function sendInvoice(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<{ readonly invoiceId: string; readonly status: InvoiceStatus }> {
  const { db } = deps;
  await openAccount(deps, caller);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const userRef = collections.user(db, caller.uid);
    await unit.read(collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId), userRef);
    const state = await invoiceStateOf(db, unit, invoiceId);
    if (state === null) throw new NotFoundError('There is no such invoice.');
    const { invoice, escalation } = state;
    if (invoice.freelancerId !== caller.uid) throw new ForbiddenError('This invoice is not yours.');
    const freelancer = await freelancerOf(db, unit, caller.uid);
    if (freelancer === null) throw new ConflictError('Finish your profile first.');

    const now = deps.clock.now();
    const decision = decideSend(
      invoiceId,
      invoice,
      await ownClient(deps, unit, caller.uid, invoice.clientId),
      freelancer,
      now,
    );
    if (decision.kind === 'refused') throw new ConflictError(decision.reason);
    if (decision.kind === 'already_sent') return { invoiceId, status: decision.status };
    const place = { ref: collections.invoice(db, invoiceId), schema: invoiceSchema, owner: caller.uid };
    unit.update(place.ref, await contactFields(deps, place, decision.fields));
    startChase(deps, unit, decision.message, escalation, now);
    crashPoint('send-invoice.before-commit');
    await unit.commit();
    crashPoint('send-invoice.after-commit');
    return { invoiceId, status: decision.status };
  });
}

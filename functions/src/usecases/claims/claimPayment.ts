import { type Caller } from '../../domain/caller';
import { type ClaimDecision, decideClaim, type SaidPayment } from '../../domain/claims/decideClaim';
import { claimIdOf, MOST_CLAIMS, paymentClaimSchema } from '../../domain/claims/paymentClaim';
import { londonDay } from '../../domain/londonDay';
import { BadInputError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { carryOut } from '../carryOut';
import { debtorInvoiceOf } from '../debtorInvoiceOf';
import { contactFields } from '../contact/contactFields';
import { type Deps } from '../deps';

export interface ClaimReceipt {
  readonly claimId: string;
  readonly status: 'pending_verification';
  /** ISO. */
  readonly verificationDeadline: string;
}

/**
 * Takes down that the debtor of an invoice says he has paid. Asked twice with the same words, it is one claim.
 *
 * @throws NotFoundError, ForbiddenError unless the caller's verified address is the invoice's, BadInputError for a day
 *   that has not come, or ConflictError with the reason why nothing can be claimed
 */
export async function claimPayment(
  deps: Deps,
  caller: Caller,
  input: Omit<SaidPayment, 'clientEmail'> & { readonly invoiceId: string },
): Promise<ClaimReceipt> {
  const { db } = deps;
  const { invoiceId, ...payment } = input;
  const refs = Array.from({ length: MOST_CLAIMS }, (_, n) =>
    collections.paymentClaim(db, claimIdOf(invoiceId, n + 1)),
  );
  return retryConflicts(deps.random, async () => {
    const now = deps.clock.now();
    if (payment.paidOn > londonDay(now)) throw new BadInputError('paidOn: is in the future');
    const unit = new UnitOfWork(db);
    await unit.read(collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId), ...refs);
    const { state, email, freelancer } = await debtorInvoiceOf(deps, unit, caller, invoiceId);
    const earlier = refs.flatMap((ref) => decode(paymentClaimSchema, unit.snapshot(ref)) ?? []);
    const decision = decideClaim(state, freelancer, earlier, { ...payment, clientEmail: email }, now);
    await carryOut(deps, unit, 'claim-payment', await inItsForm(deps, decision), now);
    return {
      claimId: decision.claimId ?? '',
      status: 'pending_verification',
      verificationDeadline: decision.deadline?.toISOString() ?? '',
    };
  });
}

/** The claim with the debtor's address in the form in which contact data is kept. */
async function inItsForm(deps: Deps, decision: ClaimDecision): Promise<ClaimDecision> {
  const claim = decision.kind === 'changed' ? decision.changes.claim : undefined;
  const owner = claim?.fields.freelancerId;
  if (decision.kind !== 'changed' || claim === undefined || owner === undefined) return decision;
  const ref = collections.paymentClaim(deps.db, claim.id);
  const fields = await contactFields(deps, { ref, schema: paymentClaimSchema, owner }, claim.fields);
  return { ...decision, changes: { ...decision.changes, claim: { ...claim, fields } } };
}

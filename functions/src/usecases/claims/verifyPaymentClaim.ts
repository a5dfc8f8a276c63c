import { type Caller } from '../../domain/caller';
import {
  answerable,
  type ClaimAnswer,
  decideRejection,
  withVerifiedClaim,
} from '../../domain/claims/decideAnswer';
import { type PaymentClaim, paymentClaimSchema } from '../../domain/claims/paymentClaim';
import { type InvoiceStatus } from '../../domain/invoice/invoice';
import { manualTransaction } from '../../domain/payment/manualTransaction';
import { takesRealMoney } from '../../platform/config';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError, ForbiddenError, NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { carryOut } from '../carryOut';
import { type Deps } from '../deps';
import { ownInvoiceOf } from '../ownInvoiceOf';
import { recordPayment } from '../recordPayment';

export interface AnsweredClaim {
  readonly claimId: string;
  readonly status: ClaimAnswer['decision'];
  /** The invoice's. */
  readonly invoiceStatus: InvoiceStatus;
}

/** As the web client gives it: all that was claimed has arrived, unless it says how much. */
export type GivenAnswer =
  | { readonly claimId: string; readonly decision: 'verified'; readonly amount?: number | undefined }
  | ({ readonly claimId: string } & Extract<ClaimAnswer, { decision: 'rejected' }>);

/**
 * Answers a claim on an invoice of the caller's own. Confirmed, it is a payment like any other, for the amount that
 * arrived; rejected, the chase goes on. The same answer again changes nothing; another one is refused.
 *
 * @throws NotFoundError, ForbiddenError, or ConflictError with the reason why it can not be answered
 */
export async function verifyPaymentClaim(
  deps: Deps,
  caller: Caller,
  given: GivenAnswer,
): Promise<AnsweredClaim> {
  const { claimId } = given;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const claim = await ownClaim(deps, unit, caller, claimId);
    const answer: ClaimAnswer =
      given.decision === 'verified'
        ? { decision: 'verified', amount: given.amount ?? claim.amount }
        : { decision: 'rejected', reason: given.reason };
    const { state, freelancer } = await ownInvoiceOf(deps, unit, caller, claim.invoiceId);
    const can = answerable(claim, answer);
    const now = deps.clock.now();
    let invoiceStatus = state.invoice.status;
    if (can === 'yes' && answer.decision === 'verified') {
      invoiceStatus = await recordVerified(deps, unit, claimId, claim, answer.amount, now);
    } else if (can === 'yes' && answer.decision === 'rejected') {
      const decision = decideRejection(state, claimId, claim, answer.reason, freelancer, now);
      await carryOut(deps, unit, 'reject-claim', decision, now);
    } else if (can !== 'yes' && can !== 'answered_so') {
      await carryOut(deps, unit, 'verify-claim', can, now);
    }
    return { claimId, status: answer.decision, invoiceStatus };
  });
}

async function ownClaim(
  deps: Deps,
  unit: UnitOfWork,
  caller: Caller,
  claimId: string,
): Promise<PaymentClaim> {
  const [snapshot] = await unit.read(collections.paymentClaim(deps.db, claimId));
  const claim = decode(paymentClaimSchema, snapshot);
  if (claim === null) throw new NotFoundError('There is no such claim.');
  if (claim.freelancerId !== caller.uid)
    throw new ForbiddenError('This claim is not about an invoice of yours.');
  return claim;
}

async function recordVerified(
  deps: Deps,
  unit: UnitOfWork,
  claimId: string,
  claim: PaymentClaim,
  amount: number,
  now: Date,
): Promise<InvoiceStatus> {
  const { invoiceId, freelancerId, currency, method, paidOn = null } = claim;
  const changes = await recordPayment(
    deps,
    unit,
    {
      transactionId: `manual_claim_${claimId}`,
      transaction: manualTransaction({ amount, currency, method, paidOn }, now),
      invoiceId,
      freelancerId,
      livemode: takesRealMoney(deps.config),
      sessionId: null,
      verifiedClaim: claimId,
    },
    (paid, before, freelancer) => withVerifiedClaim(paid, before, { id: claimId, amount }, freelancer, now),
  );
  const status = changes.invoice?.fields.status;
  if (status === undefined) throw new ConflictError('The payment can not be recorded for this invoice.');
  crashPoint('verify-claim.before-commit');
  await unit.commit();
  crashPoint('verify-claim.after-commit');
  return status;
}

import { isDocumentId } from '../domain/documentId';
import { type Changes } from '../domain/changes';
import { type Freelancer, type ReceivedPayment } from '../domain/payment/decidePayment';
import { decidePaymentWithFacts } from '../domain/payment/decidePaymentWithFacts';
import { type InvoiceState } from '../domain/payment/invoiceConsequences';
import { type PaymentFacts } from '../domain/payment/withFacts';
import { takesRealMoney } from '../platform/config';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';
import { pendingClaimsOf } from './pendingClaimsOf';
import { writeChanges } from './writeChanges';

/** A payment whose invoice is still only what its metadata says. */
export type IncomingPayment = ReceivedPayment & {
  readonly invoiceId: string | null;
  /** The debtor's claim that this payment makes true; whoever records it answers the claim himself. */
  readonly verifiedClaim?: string;
  /** What is known to have become of it since, when it is heard of so late; `causeId` is the event that told it. */
  readonly since?: { readonly facts: readonly PaymentFacts[]; readonly causeId: string };
};

/** Adds to the changes of an applied payment. */
type Completion = (changes: Changes, before: InvoiceState, freelancer: Freelancer | null) => Changes;

/**
 * Records one succeeded payment: the only way in which an invoice becomes paid. Everything is written by the unit's
 * commit: transaction, invoice, end of the chase, timeline, answered claims, receipt, what the freelancer is told.
 *
 * @param complete adds to an applied payment what its cause brings with it, for the same commit
 * @returns the decision; `already_recorded` when another event of the same payment came first
 */
export async function recordPayment(
  deps: Deps,
  unit: UnitOfWork,
  payment: IncomingPayment,
  complete: Completion = (changes) => changes,
): Promise<Changes> {
  const { db } = deps;
  const now = deps.clock.now();
  // An id from outside that can not be a document's names no invoice of ours.
  const invoiceId = isDocumentId(payment.invoiceId) ? payment.invoiceId : null;
  const freelancerId = isDocumentId(payment.freelancerId) ? payment.freelancerId : null;
  const transactionRef = collections.transaction(db, payment.transactionId);
  // One round trip for all of them; what follows finds them read.
  await unit.read(
    transactionRef,
    ...(invoiceId === null
      ? []
      : [collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId)]),
    ...(freelancerId === null ? [] : [collections.user(db, freelancerId)]),
  );
  if (unit.snapshot(transactionRef).exists) return { outcome: 'already_recorded' };

  const state = invoiceId === null ? null : await invoiceStateOf(db, unit, invoiceId);
  const freelancer = freelancerId === null ? null : await freelancerOf(db, unit, freelancerId);
  const decided = decidePaymentWithFacts(
    { ...payment, freelancerId, transaction: { ...payment.transaction, invoiceId } },
    {
      state,
      freelancer,
      pendingClaims:
        state === null
          ? []
          : (await pendingClaimsOf(db, unit, state)).filter((id) => id !== payment.verifiedClaim),
      livemode: takesRealMoney(deps.config),
      now,
    },
    payment.since,
  );
  const changes =
    state === null || decided.outcome !== 'applied' ? decided : complete(decided, state, freelancer);
  writeChanges(deps, unit, changes, now);
  return changes;
}

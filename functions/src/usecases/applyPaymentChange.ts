import { type Changes } from '../domain/changes';
import { decidePaymentChange } from '../domain/payment/decidePaymentChange';
import { type StripeEvent } from '../domain/payment/stripeEvent';
import { type StripeFact } from '../domain/payment/stripeFacts';
import { type Transaction, transactionSchema } from '../domain/payment/transaction';
import { type PaymentFacts } from '../domain/payment/withFacts';
import { PermanentFailure } from '../platform/errors';
import { isForInvoice } from '../providers/stripe/isForInvoice';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';
import { newTransaction } from './newTransaction';
import { pendingClaimsOf } from './pendingClaimsOf';
import { recordPayment } from './recordPayment';
import { writeChanges } from './writeChanges';

type ChangeFact = StripeFact & { kind: 'refunded' | 'disputed' };

/**
 * Takes in a refund or a card dispute. They name no invoice; the payment does, which is found by its Payment Intent.
 * When the event alone can not say how things stand, Stripe is asked, after the payment was read and before the
 * commit, which requires that nobody changed the payment meanwhile: so an answer that has grown old is never written.
 *
 * @returns null when the payment is not one of ours
 */
export async function applyPaymentChange(
  deps: Deps,
  unit: UnitOfWork,
  event: StripeEvent,
  fact: ChangeFact,
): Promise<Changes | null> {
  const account = event.account ?? null;
  const paymentIntentId =
    fact.paymentIntentId ??
    (fact.chargeId === null ? null : await deps.stripe.paymentIntentOfCharge(fact.chargeId, account));
  if (paymentIntentId === null) return null;

  const ref = collections.transaction(deps.db, paymentIntentId);
  const [snapshot] = await unit.read(ref);
  const transaction = decode(transactionSchema, snapshot);
  if (transaction === null) return recordWithPayment(deps, unit, event, fact, paymentIntentId);
  if ((transaction.stripeAccountId ?? null) !== account) {
    throw new PermanentFailure('account_mismatch', 'The event comes from another account than the payment.');
  }
  const { invoiceId, freelancerId } = transaction;
  const facts = await factsOf(deps, fact, transaction, paymentIntentId, account);
  if (transaction.applied && invoiceId !== null && freelancerId !== null) {
    await unit.read(
      collections.invoice(deps.db, invoiceId),
      collections.escalationState(deps.db, invoiceId),
      collections.user(deps.db, freelancerId),
    );
  }
  const state =
    transaction.applied && invoiceId !== null ? await invoiceStateOf(deps.db, unit, invoiceId) : null;
  const changes = decidePaymentChange(
    {
      transactionId: paymentIntentId,
      transaction,
      state,
      freelancer: freelancerId === null ? null : await freelancerOf(deps.db, unit, freelancerId),
      pendingClaims: state === null ? [] : await pendingClaimsOf(deps.db, unit, state),
    },
    facts,
    event.id,
    deps.clock.now(),
  );
  writeChanges(deps, unit, changes, deps.clock.now());
  return changes;
}

/** The refund or dispute came before its payment: Stripe tells the payment, and both are recorded in one commit. */
async function recordWithPayment(
  deps: Deps,
  unit: UnitOfWork,
  event: StripeEvent,
  fact: ChangeFact,
  paymentIntentId: string,
): Promise<Changes | null> {
  const payment = await deps.stripe.payment(paymentIntentId, event.account ?? null);
  if (!isForInvoice(payment.metadata) || !payment.succeeded) return null;
  const refundFailed = fact.kind === 'refunded' && fact.refundFailed;
  const refunds = { kind: 'refunded', refunded: payment.refunded, source: 'stripe', refundFailed } as const;
  return recordPayment(deps, unit, {
    transactionId: paymentIntentId,
    transaction: newTransaction(payment, event, deps.clock.now()),
    since: { facts: fact.kind === 'disputed' ? [refunds, fact] : [refunds], causeId: event.id },
    invoiceId: payment.metadata['invoiceId'] ?? null,
    freelancerId: payment.metadata['freelancerId'] ?? null,
    livemode: event.livemode,
    sessionId: null,
  });
}

/**
 * A dispute tells everything itself. So does `charge.refunded`, as long as no refund of the payment ever failed: until
 * then its sum only rises. In all other cases only Stripe knows how much was given back.
 */
async function factsOf(
  deps: Deps,
  fact: ChangeFact,
  transaction: Transaction,
  paymentIntentId: string,
  account: string | null,
): Promise<PaymentFacts> {
  if (fact.kind === 'disputed') return fact;
  if (fact.refunded !== null && !transaction.refundFailed) {
    return { kind: 'refunded', refunded: fact.refunded, source: 'event', refundFailed: false };
  }
  const { refunded } = await deps.stripe.payment(paymentIntentId, account);
  return { kind: 'refunded', refunded, source: 'stripe', refundFailed: fact.refundFailed };
}

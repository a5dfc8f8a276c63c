import { isDocumentId } from '../domain/documentId';
import { type Changes } from '../domain/changes';
import { decidePaymentFailure } from '../domain/payment/decidePaymentFailure';
import { type StripeEvent } from '../domain/payment/stripeEvent';
import { type StripeFact } from '../domain/payment/stripeFacts';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';
import { writeChanges } from './writeChanges';

/** Notes on the invoice that an attempt to pay it failed, if the event comes from the account that it belongs to. */
export async function recordPaymentFailure(
  deps: Deps,
  unit: UnitOfWork,
  event: StripeEvent,
  fact: StripeFact & { kind: 'payment_failed' },
): Promise<Changes> {
  const { db } = deps;
  const { invoiceId, freelancerId, paymentIntentId, code } = fact;
  if (!isDocumentId(invoiceId) || !isDocumentId(freelancerId)) return { outcome: 'unknown_invoice' };
  const toldRef = collections.notification(db, `payment_failed_${paymentIntentId}`);
  const transactionRef = collections.transaction(db, paymentIntentId);
  await unit.read(
    toldRef,
    transactionRef,
    collections.invoice(db, invoiceId),
    collections.escalationState(db, invoiceId),
    collections.user(db, freelancerId),
  );
  // A failure that is told late: another try of the same payment has succeeded since.
  if (unit.snapshot(transactionRef).exists) return { outcome: 'unchanged' };
  const state = await invoiceStateOf(db, unit, invoiceId);
  if (state === null) return { outcome: 'unknown_invoice' };
  const freelancer = await freelancerOf(db, unit, freelancerId);
  const account = event.account ?? null;
  if (state.invoice.freelancerId !== freelancerId || account !== (freelancer?.stripeAccountId ?? null)) {
    return { outcome: 'foreign_account' };
  }
  const alreadyTold = unit.snapshot(toldRef).exists;
  const now = deps.clock.now();
  const changes = decidePaymentFailure(state, { transactionId: paymentIntentId, code, alreadyTold }, now);
  writeChanges(deps, unit, changes, now);
  return changes;
}

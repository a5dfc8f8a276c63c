import { type Changes } from '../domain/changes';
import { decideCheckoutEnd } from '../domain/payment/decideCheckoutEnd';
import { type StripeEvent } from '../domain/payment/stripeEvent';
import { type StripeFact } from '../domain/payment/stripeFacts';
import { isDocumentId } from '../domain/documentId';
import { takesRealMoney } from '../platform/config';
import { log } from '../platform/log';
import { translateBillingEvent } from '../providers/stripe/translateBillingEvent';
import { translateStripeEvent } from '../providers/stripe/translateStripeEvent';
import { type ClaimResult, processOnce } from '../store/claim';
import { type UnitOfWork } from '../store/unitOfWork';
import { applyPaymentChange } from './applyPaymentChange';
import { applyBillingEvent } from './billing/applyBillingEvent';
import { applyAccountUpdated } from './connect/applyAccountUpdated';
import { type Deps } from './deps';
import { invoiceStateOf } from './invoiceStateOf';
import { newTransaction } from './newTransaction';
import { recordPayment } from './recordPayment';
import { recordPaymentFailure } from './recordPaymentFailure';
import { writeChanges } from './writeChanges';

/** How the outcome of a payment begins that could not be applied; the reason follows. */
const UNAPPLIED = 'unapplied:';

/**
 * Applies a verified Stripe event exactly once; the live path and every retry come through here.
 *
 * @returns null when the event is about no invoice and no subscription of ours, or of Stripe's other mode: nothing was
 *   written
 * @throws RecoupError; nothing was written then either
 */
export async function applyStripeEvent(
  deps: Deps,
  attemptId: string,
  event: StripeEvent,
): Promise<ClaimResult | null> {
  if (event.type === 'account.updated') return applyAccountUpdated(deps, attemptId, event);
  const billing = translateBillingEvent(event);
  if (billing !== null) return applyBillingEvent(deps, attemptId, event, billing);
  const fact = translateStripeEvent(event);
  if (fact === null || isOfTheOtherMode(deps, event, fact)) return null;
  const identity = { source: 'stripe' as const, eventId: event.id, eventType: event.type };
  const result = await processOnce(deps, identity, attemptId, async (unit) => {
    const changes = await applyFact(deps, unit, event, fact);
    return changes === null ? null : { outcome: changes.outcome, metadata: metadataOf(event, changes) };
  });
  if (result?.duplicate === false) logUnapplied(result);
  return result;
}

/**
 * A live endpoint also hears what happens on connected accounts in test mode. A payment is recorded with that as its
 * reason; of everything else Stripe would be asked with a key of the wrong mode, and know nothing.
 */
function isOfTheOtherMode(deps: Deps, event: StripeEvent, fact: StripeFact): boolean {
  return fact.kind !== 'payment_succeeded' && event.livemode !== takesRealMoney(deps.config);
}

async function applyFact(
  deps: Deps,
  unit: UnitOfWork,
  event: StripeEvent,
  fact: StripeFact,
): Promise<Changes | null> {
  switch (fact.kind) {
    case 'payment_succeeded':
      return recordPayment(deps, unit, {
        transactionId: fact.paymentIntentId,
        transaction: newTransaction(fact, event, deps.clock.now()),
        invoiceId: fact.invoiceId,
        freelancerId: fact.freelancerId,
        livemode: event.livemode,
        sessionId: fact.sessionId,
      });
    case 'payment_failed':
      return recordPaymentFailure(deps, unit, event, fact);
    case 'checkout_ended':
      return endCheckout(deps, unit, fact);
    case 'refunded':
    case 'disputed':
      return applyPaymentChange(deps, unit, event, fact);
  }
}

async function endCheckout(
  deps: Deps,
  unit: UnitOfWork,
  fact: StripeFact & { kind: 'checkout_ended' },
): Promise<Changes> {
  const state = isDocumentId(fact.invoiceId) ? await invoiceStateOf(deps.db, unit, fact.invoiceId) : null;
  const changes = state === null ? { outcome: 'unknown_invoice' } : decideCheckoutEnd(state, fact.sessionId);
  writeChanges(deps, unit, changes, deps.clock.now());
  return changes;
}

/** What an operator needs to find his way from the claim: Stripe's shape of the event, and what it touched. */
function metadataOf(event: StripeEvent, changes: Changes): Record<string, string | null> {
  return {
    apiVersion: event.api_version ?? null,
    account: event.account ?? null,
    invoiceId: changes.invoice?.id ?? changes.transaction?.value.invoiceId ?? null,
    transactionId: changes.transaction?.id ?? null,
  };
}

/** From the claim, which is all that is left of the decision where the answer to its commit was lost. */
function logUnapplied({ outcome, metadata }: ClaimResult): void {
  if (!outcome.startsWith(UNAPPLIED)) return;
  log.paymentUnapplied({
    transactionId: metadata['transactionId'] ?? null,
    reason: outcome.slice(UNAPPLIED.length),
    invoiceId: metadata['invoiceId'] ?? null,
  });
}

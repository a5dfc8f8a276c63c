import { type Changes } from '../changes';
import { decidePayment, type PaymentContext, type ReceivedPayment } from './decidePayment';
import { decidePaymentChange } from './decidePaymentChange';
import { type InvoiceState } from './invoiceConsequences';
import { type PaymentFacts } from './withFacts';

/**
 * Records a payment of which we hear together with what has become of it since: decided as if it had been told first
 * and its refunds and disputes after it, so that nothing depends on the order in which Stripe delivers. A payment that
 * paid its invoice, for one, has ended the chase, even if a part of it was given back before we knew.
 */
export function decidePaymentWithFacts(
  payment: ReceivedPayment,
  context: PaymentContext,
  since: { readonly facts: readonly PaymentFacts[]; readonly causeId: string } = { facts: [], causeId: '' },
): Changes {
  let changes = decidePayment(payment, context);
  for (const fact of since.facts) {
    if (changes.transaction === undefined) break;
    const { id, value } = changes.transaction;
    const change = decidePaymentChange(
      {
        transactionId: id,
        transaction: value,
        state: value.applied ? stateAfter(context.state, changes) : null,
        freelancer: context.freelancer,
        // The payment itself has answered them, if anything does.
        pendingClaims: [],
      },
      fact,
      since.causeId,
      context.now,
    );
    changes = bothOf(changes, change);
  }
  return changes;
}

function stateAfter(state: InvoiceState | null, changes: Changes): InvoiceState | null {
  if (state === null) return null;
  return {
    id: state.id,
    invoice: { ...state.invoice, ...changes.invoice?.fields },
    escalation: changes.escalation?.value ?? state.escalation,
  };
}

/** One decision out of two that follow each other; of the same document, the later fields hold. */
function bothOf(first: Changes, then: Changes): Changes {
  const invoice =
    first.invoice !== undefined && then.invoice !== undefined
      ? { id: then.invoice.id, fields: { ...first.invoice.fields, ...then.invoice.fields } }
      : undefined;
  return {
    ...first,
    ...(then.transaction === undefined ? {} : { transaction: then.transaction }),
    ...(invoice === undefined ? {} : { invoice }),
    ...(then.escalation === undefined ? {} : { escalation: then.escalation }),
    timeline: [...(first.timeline ?? []), ...(then.timeline ?? [])],
    notifications: [...(first.notifications ?? []), ...(then.notifications ?? [])],
    outbox: [...(first.outbox ?? []), ...(then.outbox ?? [])],
  };
}

import type Stripe from 'stripe';

export interface RefundFacts {
  id: string;
  charge: string;
  paymentIntent: string | null;
  /** Minor units. */
  amount: number;
  currency: string;
  /** Seconds. */
  created: number;
  status: 'succeeded' | 'pending' | 'failed';
  reason: Stripe.Refund['reason'];
  metadata: Record<string, string>;
}

/** A refund to a card in Stripe's full shape. */
export function buildRefund(facts: RefundFacts): Stripe.Refund {
  return {
    id: facts.id,
    object: 'refund',
    amount: facts.amount,
    balance_transaction: null,
    charge: facts.charge,
    created: facts.created,
    currency: facts.currency,
    customer: null,
    customer_account: null,
    destination_details: { type: 'card' },
    ...(facts.status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
    metadata: facts.metadata,
    payment_intent: facts.paymentIntent,
    payment_method: null,
    reason: facts.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: facts.status,
    transfer_reversal: null,
  };
}

import type Stripe from 'stripe';

export interface ChargeFacts {
  id: string;
  paymentIntent: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** Seconds. */
  created: number;
  metadata: Record<string, string>;
  description: string | null;
  applicationFeeAmount: number | null;
  email: string | null;
}

/** A captured card charge in Stripe's full shape. Its refunds are added when they are asked for. */
export function buildCharge(facts: ChargeFacts): Stripe.Charge {
  return {
    id: facts.id,
    object: 'charge',
    amount: facts.amount,
    amount_captured: facts.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: facts.applicationFeeAmount,
    balance_transaction: null,
    billing_details: { address: null, email: facts.email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SANDBOX',
    captured: true,
    created: facts.created,
    currency: facts.currency,
    customer: null,
    description: facts.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: facts.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    paid: true,
    payment_intent: facts.paymentIntent,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

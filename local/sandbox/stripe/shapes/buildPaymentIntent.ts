import type Stripe from 'stripe';

export interface PaymentIntentFacts {
  id: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** Seconds. */
  created: number;
  status: 'succeeded' | 'processing' | 'requires_payment_method';
  latestCharge: string | null;
  metadata: Record<string, string>;
  description: string | null;
  applicationFeeAmount: number | null;
  paymentMethodTypes: string[];
}

/** A Payment Intent in Stripe's full shape. */
export function buildPaymentIntent(facts: PaymentIntentFacts): Stripe.PaymentIntent {
  return {
    id: facts.id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: facts.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: facts.status === 'succeeded' ? facts.amount : 0,
    application: null,
    application_fee_amount: facts.applicationFeeAmount,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${facts.id}_secret_sandbox`,
    confirmation_method: 'automatic',
    created: facts.created,
    currency: facts.currency,
    customer: null,
    customer_account: null,
    description: facts.description,
    excluded_payment_method_types: null,
    last_payment_error:
      facts.status === 'requires_payment_method'
        ? { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'Declined.' }
        : null,
    latest_charge: facts.latestCharge,
    livemode: false,
    managed_payments: null,
    metadata: facts.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: facts.paymentMethodTypes,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: facts.status,
    transfer_data: null,
    transfer_group: null,
  };
}

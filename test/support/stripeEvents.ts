import { randomBytes } from 'node:crypto';

/**
 * Stripe's objects as it really sends them: the fields that we use among those that we do not, nulls included.
 */

const CREATED = 1_790_000_000;

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

export interface EventOptions {
  readonly id?: string;
  readonly account?: string;
  readonly apiVersion?: string;
  readonly livemode?: boolean;
}

export function event(
  type: string,
  object: object,
  options: EventOptions = {},
): { id: string } & Record<string, unknown> {
  return {
    id: options.id ?? newId('evt'),
    object: 'event',
    api_version: options.apiVersion ?? '2026-10-28.endive',
    created: CREATED,
    data: { object },
    livemode: options.livemode ?? false,
    pending_webhooks: 1,
    request: { id: newId('req'), idempotency_key: null },
    type,
    ...(options.account === undefined ? {} : { account: options.account }),
  };
}

export interface PaymentFields {
  readonly paymentIntent: string;
  readonly amount: number;
  readonly currency?: string;
  readonly metadata?: Record<string, unknown>;
}

export function invoiceMetadata(invoiceId: string, freelancerId: string): Record<string, string> {
  return { kind: 'invoice', invoiceId, freelancerId };
}

export function paymentIntent(
  fields: PaymentFields,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: fields.paymentIntent,
    object: 'payment_intent',
    amount: fields.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: fields.amount,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${fields.paymentIntent}_secret_x`,
    confirmation_method: 'automatic',
    created: CREATED,
    currency: fields.currency ?? 'gbp',
    customer: null,
    description: null,
    last_payment_error: null,
    latest_charge: `ch_${fields.paymentIntent.slice(3)}`,
    livemode: false,
    metadata: fields.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: newId('pm'),
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
    ...more,
  };
}

export function checkoutSession(
  fields: PaymentFields & { readonly session?: string },
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: fields.session ?? newId('cs_test'),
    object: 'checkout.session',
    after_expiration: null,
    allow_promotion_codes: null,
    amount_subtotal: fields.amount,
    amount_total: fields.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: 'https://app.recoup.example/pay',
    client_reference_id: null,
    consent: null,
    created: CREATED,
    currency: fields.currency ?? 'gbp',
    customer: null,
    customer_details: { email: 'debtor@client.example', name: 'A Debtor', phone: null, tax_ids: [] },
    customer_email: null,
    expires_at: CREATED + 86_400,
    invoice: null,
    livemode: false,
    locale: null,
    metadata: fields.metadata ?? {},
    mode: 'payment',
    payment_intent: fields.paymentIntent,
    payment_method_types: ['card'],
    payment_status: 'paid',
    status: 'complete',
    subscription: null,
    success_url: 'https://app.recoup.example/pay?paid=1',
    url: null,
    ...more,
  };
}

export function charge(
  fields: PaymentFields & { readonly refunded: number },
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: `ch_${fields.paymentIntent.slice(3)}`,
    object: 'charge',
    amount: fields.amount,
    amount_captured: fields.amount,
    amount_refunded: fields.refunded,
    application: null,
    application_fee: null,
    balance_transaction: newId('txn'),
    billing_details: { address: null, email: null, name: null, phone: null },
    captured: true,
    created: CREATED,
    currency: fields.currency ?? 'gbp',
    customer: null,
    description: null,
    disputed: false,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    outcome: { network_status: 'approved_by_network', risk_level: 'normal', type: 'authorized' },
    paid: true,
    payment_intent: fields.paymentIntent,
    payment_method: newId('pm'),
    receipt_email: null,
    refunded: fields.refunded >= fields.amount,
    status: 'succeeded',
    ...more,
  };
}

export function refund(
  fields: PaymentFields & { readonly refund?: string; readonly status?: string },
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: fields.refund ?? newId('re'),
    object: 'refund',
    amount: fields.amount,
    balance_transaction: newId('txn'),
    charge: `ch_${fields.paymentIntent.slice(3)}`,
    created: CREATED,
    currency: fields.currency ?? 'gbp',
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: {},
    payment_intent: fields.paymentIntent,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fields.status ?? 'succeeded',
    transfer_reversal: null,
    ...more,
  };
}

export function dispute(
  fields: PaymentFields & { readonly dispute: string; readonly status: string },
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: fields.dispute,
    object: 'dispute',
    amount: fields.amount,
    balance_transactions: [],
    charge: `ch_${fields.paymentIntent.slice(3)}`,
    created: CREATED,
    currency: fields.currency ?? 'gbp',
    evidence: {},
    evidence_details: {
      due_by: CREATED + 604_800,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: fields.paymentIntent,
    payment_method_details: { card: { brand: 'visa', network_reason_code: '10.4' }, type: 'card' },
    reason: 'fraudulent',
    status: fields.status,
    ...more,
  };
}

import { DateTime } from 'luxon';
import type Stripe from 'stripe';
import { newStripeId } from '../newStripeId';
import { type StripeObject } from '../stripeObject';
import { type RecurringPrice } from './priceFields';

export interface SubscriptionFacts {
  id: string;
  customer: string;
  price: RecurringPrice;
  quantity: number;
  /** Seconds. */
  created: number;
  metadata: Record<string, string>;
}

/** A subscription that was just paid, in Stripe's full shape; its period stands on its item, as since 2025. */
export function buildSubscription(facts: SubscriptionFacts): StripeObject {
  const { id, created, price } = facts;
  const subscription: Omit<Stripe.Subscription, 'items'> = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'classic' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created,
    currency: price.currency,
    customer: facts.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: facts.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: created,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
  return { ...subscription, items: itemsOf(facts) };
}

function itemsOf({ id, created, price, quantity }: SubscriptionFacts): Record<string, unknown> {
  const item = {
    id: newStripeId('si_'),
    object: 'subscription_item',
    billing_thresholds: null,
    created,
    current_period_end: periodEnd(created, price.interval),
    current_period_start: created,
    discounts: [],
    metadata: {},
    price: price.object,
    quantity,
    subscription: id,
    tax_rates: [],
  };
  return {
    object: 'list',
    data: [item],
    has_more: false,
    url: `/v1/subscription_items?subscription=${id}`,
  };
}

/** Seconds; the same day of the next month or year, its last day where there is no such day. */
export function periodEnd(start: number, interval: RecurringPrice['interval']): number {
  return DateTime.fromSeconds(start, { zone: 'utc' })
    .plus({ [interval]: 1 })
    .toSeconds();
}
